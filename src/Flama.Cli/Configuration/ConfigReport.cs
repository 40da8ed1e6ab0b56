using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Flama.Cli.Commands;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>Shows every value in effect and where it came from. Secrets are masked.</summary>
internal static class ConfigReport
{
    private const int WidestValue = 60;

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the values to standard output, as a table or as JSON.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(CommandContext context, ServerPlan plan)
    {
        foreach (var notice in context.Notices)
        {
            context.Console.Error.WriteLine($"Warning: {SafeText.OneLine(notice)}");
        }

        // Models have rows of their own; what has no effect is shown when it is set.
        var settings = ConfigKeys.Settings.Values.Where(setting => !setting.IsForeign || context.Values.IsSet(setting)).ToList();
        var isJson = context.Line.Command is ConfigCommand && context.Values.Get(ConfigSettings.Output) == "json";
        var application = context.Configuration?.Application;
        context.Console.Output.Write(isJson
            ? Json(context.Values, settings, plan, application)
            : Encoding.UTF8.GetBytes(Table(context.Values, settings, plan, application)));
        context.Console.Output.Flush();
        return 0;
    }

    private static string Table(SettingValues values, List<Setting> settings, ServerPlan plan, SettingEntry? application)
    {
        List<(string Name, string Value, string From)> rows = [("option", "value", "from")];
        if (application is not null)
        {
            rows.Add((ConfigKeys.App, application.Text, application.Origin.InTable));
        }

        foreach (var model in plan.Models)
        {
            rows.Add(($"model '{model.Name}'", $"{model.File} at {model.Url}", model.Origin.InTable));
        }

        foreach (var setting in settings)
        {
            var entry = values.Find(setting);
            rows.Add((setting.Name, string.Join(", ", TextsOf(setting, values).DefaultIfEmpty("-")), (entry?.Origin ?? SettingOrigin.Default).InTable));
        }

        var name = rows.Max(row => row.Name.Length);
        var width = Math.Min(WidestValue, rows.Max(row => row.Value.Length));
        StringBuilder table = new();
        foreach (var row in rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"{SafeText.OneLine(row.Name).PadRight(name)}  {SafeText.OneLine(row.Value).PadRight(width)}  ")
                .Append(SafeText.OneLine(row.From)).Append('\n');
        }

        return table.ToString();
    }

    private static byte[] Json(SettingValues values, List<Setting> settings, ServerPlan plan, SettingEntry? application)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, Layout))
        {
            writer.WriteStartObject();
            if (application is not null)
            {
                writer.WriteString(ConfigKeys.App, application.Text);
            }

            writer.WriteStartArray("models");
            foreach (var model in plan.Models)
            {
                writer.WriteStartObject();
                writer.WriteString("name", model.Name);
                writer.WriteString("file", model.File);
                writer.WriteString("url", model.Url);
                WriteOrigin(writer, model.Origin);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("options");
            foreach (var setting in settings)
            {
                WriteOption(writer, setting, values);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return [.. output.WrittenSpan, (byte)'\n'];
    }

    private static void WriteOption(Utf8JsonWriter writer, Setting setting, SettingValues values)
    {
        writer.WriteStartObject();
        writer.WriteString("option", setting.Name);
        writer.WriteString("variable", setting.Variable);
        writer.WriteString("key", setting.Key);
        var texts = TextsOf(setting, values);
        if (setting.Kind.CanRepeat)
        {
            writer.WriteStartArray("value");
            foreach (var text in texts)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }
        else
        {
            writer.WritePropertyName("value");
            ConfigTemplate.WriteValue(writer, setting.IsSecret ? texts.FirstOrDefault() : ValueOf(setting, values));
        }

        WriteOrigin(writer, values.Find(setting)?.Origin ?? SettingOrigin.Default);
        writer.WriteEndObject();
    }

    private static void WriteOrigin(Utf8JsonWriter writer, SettingOrigin origin)
    {
        writer.WriteStartObject("from");
        writer.WriteString("source", origin.Rank switch
        {
            SettingRank.CommandLine => "command line",
            SettingRank.Environment => "environment",
            SettingRank.EnvironmentFile => "env file",
            SettingRank.ConfigurationFile => "config file",
            _ => "default",
        });
        if (origin.Rank != SettingRank.Default)
        {
            writer.WriteString("name", origin.Label);
        }

        if (origin.File is { } file)
        {
            writer.WriteString("file", file);
        }

        if (origin.Line > 0)
        {
            writer.WriteNumber("line", origin.Line);
        }

        writer.WriteEndObject();
    }

    private static object? ValueOf(Setting setting, SettingValues values) =>
        values.Find(setting) is { } entry ? setting.ReadValue(entry.Text, entry.Origin.InMessage) : setting.DefaultValue;

    private static List<string> TextsOf(Setting setting, SettingValues values)
    {
        if (setting.Kind.CanRepeat)
        {
            return [.. values.GetAll(setting).Select(text => setting == ServerSettings.Headers ? Secrets.InHeader(text) : text)];
        }

        return ValueOf(setting, values) switch
        {
            null => [],
            _ when setting.IsSecret => [Secrets.Mask],
            true => ["true"],
            false => ["false"],
            var value => [Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "''"],
        };
    }
}
