using System.Globalization;
using Flama.AspNetCore.Logging;
using Flama.Cli.Commands;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Running;

/// <summary>Server options in words that any ASP.NET Core application understands: variables of its configuration.</summary>
/// <remarks>
/// What an application decides in its own code stays its decision. Options that have an effect for <c>flama serve</c> only are named in one warning;
/// one that would leave a door open is refused.
/// </remarks>
internal static class AppEnvironment
{
    private static readonly Setting[] Passed =
    [
        ServerSettings.Host, ServerSettings.Port, ServerSettings.SocketPath, ServerSettings.EnvFile, ServerSettings.LogLevel, ServerSettings.AccessLog,
        ServerSettings.UseColors, ServerSettings.Certificate, ServerSettings.CertificateKey, ServerSettings.CertificatePassword,
        ServerSettings.TlsVersion, ServerSettings.ClientCertificates, ServerSettings.Reload, ServerSettings.AppDir,
    ];

    /// <summary>Collects the variables.</summary>
    /// <param name="context">Settings; takes notices.</param>
    /// <exception cref="FlamaException">A value is wrong, or an option cannot be left out and cannot be passed on.</exception>
    public static Dictionary<string, string> Of(CommandContext context)
    {
        context.Values.Check();
        Refuse(context, ServerSettings.Descriptor, "a descriptor");
        Refuse(context, ServerSettings.ClientAuthorities, "the authorities of client certificates");
        var values = context.Values;
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        if (values.Get(ServerSettings.EnvFile) is { } file)
        {
            foreach (var (name, value) in EnvironmentFile.Read(file).Where(pair => string.IsNullOrEmpty(context.Console.Variable(pair.Key))))
            {
                variables[name] = value;
            }
        }

        AddCertificate(context, variables);
        AddAddress(context, variables);
        AddLog(context, variables);
        AddProxies(context, variables);
        Notice(context);
        return variables;
    }

    private static void AddAddress(CommandContext context, Dictionary<string, string> variables)
    {
        var values = context.Values;
        var scheme = variables.ContainsKey("Kestrel__Certificates__Default__Path") ? "https" : "http";
        if (values.Get(ServerSettings.SocketPath) is { } socket)
        {
            var path = Path.GetFullPath(socket);
            KestrelSettings.RemoveStale(path);
            variables["ASPNETCORE_URLS"] = $"{scheme}://unix:{path}";
            return;
        }

        var host = values.Get(ServerSettings.Host);
        var port = values.Get(ServerSettings.Port);
        var isAsked = values.IsSet(ServerSettings.Host) || values.IsSet(ServerSettings.Port) || scheme == "https";
        if (!isAsked && (variables.ContainsKey("ASPNETCORE_URLS") || !string.IsNullOrEmpty(context.Console.Variable("ASPNETCORE_URLS"))))
        {
            return;
        }

        // The server takes no free port for a name that stands for two addresses.
        host = host == "localhost" && port == 0 ? "127.0.0.1" : host;
        host = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        variables["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{host}:{port}");
    }

    private static void AddCertificate(CommandContext context, Dictionary<string, string> variables)
    {
        // Reads the files, so that errors in them are found here.
        if (TlsOptions.Read(context) is not { } tls)
        {
            return;
        }

        var values = context.Values;
        var certificate = Path.GetFullPath(values.Get(ServerSettings.Certificate)!);
        variables["Kestrel__Certificates__Default__Path"] = certificate;
        if (TlsOptions.IsPem(certificate))
        {
            variables["Kestrel__Certificates__Default__KeyPath"] = Path.GetFullPath(values.Get(ServerSettings.CertificateKey) ?? certificate);
        }

        if (values.Get(ServerSettings.CertificatePassword) is { } password)
        {
            variables["Kestrel__Certificates__Default__Password"] = password;
        }

        variables["Kestrel__EndpointDefaults__ClientCertificateMode"] =
            tls.RequiresClients ? "RequireCertificate" : tls.AsksClients ? "AllowCertificate" : "NoCertificate";
        var protocols = tls.Protocols.ToString().Split(", ");
        for (var i = 0; i < protocols.Length; i++)
        {
            variables[string.Create(CultureInfo.InvariantCulture, $"Kestrel__EndpointDefaults__SslProtocols__{i}")] = protocols[i];
        }
    }

    private static void AddLog(CommandContext context, Dictionary<string, string> variables)
    {
        var values = context.Values;
        if (values.IsSet(ServerSettings.LogLevel))
        {
            var level = LogLevels.Of(values.Get(ServerSettings.LogLevel))!.Value.ToString();
            variables["Logging__LogLevel__Default"] = level;
            variables["Logging__LogLevel__Microsoft.AspNetCore"] = level;
        }

        if (values.IsSet(ServerSettings.AccessLog))
        {
            variables["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = values.Get(ServerSettings.AccessLog) ? "Information" : "Warning";
        }

        if (values.IsSet(ServerSettings.UseColors))
        {
            variables["Logging__Console__FormatterOptions__ColorBehavior"] = values.Get(ServerSettings.UseColors) ? "Enabled" : "Disabled";
        }
    }

    // The framework's switch trusts every proxy, which only the star means.
    private static void AddProxies(CommandContext context, Dictionary<string, string> variables)
    {
        if (TrustsAll(context.Values))
        {
            variables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
        }
    }

    private static bool TrustsAll(SettingValues values) =>
        values.Get(ServerSettings.ProxyHeaders) && Kinds.NetworksOf(values.Get(ServerSettings.ForwardedAllowIps)) is [];

    private static void Refuse(CommandContext context, Setting setting, string what)
    {
        if (context.Values.IsSet(setting))
        {
            throw context.UsageError($"{setting.Name} cannot be passed on to an application: it takes {what} from its own code only.", "Leave it out.");
        }
    }

    private static void Notice(CommandContext context)
    {
        var others = ServerSettings.Groups
            .SelectMany(group => group.Settings)
            .Except(Passed)
            .Where(context.Values.IsSet)
            .Where(setting => !TrustsAll(context.Values) || (setting != ServerSettings.ProxyHeaders && setting != ServerSettings.ForwardedAllowIps))
            .Select(setting => setting.Name)
            .ToList();
        if (others.Count > 0)
        {
            context.Notices.Add($"Cannot be passed on to an application, which decides it in its own code: {string.Join(", ", others)}");
        }
    }
}
