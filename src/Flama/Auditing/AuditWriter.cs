using System.Buffers;
using System.Text.Json;
using Flama.Json;
using Flama.Pickle;

namespace Flama;

/// <summary>Writes audits as JSON, and as SARIF 2.1.0 for scanners and code hosts. Stateless, thread-safe.</summary>
public static class AuditWriter
{
    /// <summary>Writes an audit with everything in it.</summary>
    /// <returns>A JSON object, UTF-8.</returns>
    public static ReadOnlyMemory<byte> ToJson(ModelAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        return Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("file"u8, audit.File);
            writer.WriteString("verdict"u8, NameOf(audit.Verdict));
            WriteSize(writer, audit.Bytes, audit.Sha256);
            writer.WriteString("container"u8, audit.Container);
            writer.WriteString("format"u8, audit.Format?.Name);
            writer.WriteString("description"u8, audit.Format?.Description);
            writer.WritePropertyName("model"u8);
            WritePart(writer, audit.Model);
            writer.WriteStartArray("artifacts"u8);
            foreach (var artifact in audit.Artifacts)
            {
                WritePart(writer, artifact);
            }

            writer.WriteEndArray();
            writer.WritePropertyName("pickle"u8);
            WritePickle(writer, audit.Pickle);
            writer.WriteStartArray("findings"u8);
            foreach (var finding in audit.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("code"u8, finding.Code.Name);
                writer.WriteString("message"u8, SafeText.OneLine(finding.Message));
                writer.WriteString("remedy"u8, finding.Remedy);
                WriteNumber(writer, "offset", finding.Offset);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("warnings"u8);
            foreach (var warning in audit.Warnings)
            {
                writer.WriteStringValue(SafeText.OneLine(warning));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>Writes what is wrong as a SARIF log with one run: a result per finding, none for a clean file.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="location">The path or address of the file, as readers of the log are to find it.</param>
    /// <param name="toolVersion">The version of the program.</param>
    /// <returns>A JSON object, UTF-8.</returns>
    public static ReadOnlyMemory<byte> ToSarif(ModelAudit audit, string location, string toolVersion)
    {
        ArgumentNullException.ThrowIfNull(audit);
        ArgumentException.ThrowIfNullOrEmpty(location);
        return Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("$schema"u8, "https://json.schemastore.org/sarif-2.1.0.json");
            writer.WriteString("version"u8, "2.1.0");
            writer.WriteStartArray("runs"u8);
            writer.WriteStartObject();
            WriteTool(writer, audit, toolVersion);
            writer.WriteStartArray("artifacts"u8);
            writer.WriteStartObject();
            WriteLocation(writer, "location", location);
            if (audit.Bytes is { } length)
            {
                writer.WriteNumber("length"u8, length);
                writer.WriteStartObject("hashes"u8);
                writer.WriteString("sha-256"u8, audit.Sha256);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteStartArray("results"u8);
            foreach (var finding in audit.Findings)
            {
                WriteResult(writer, finding, location);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteTool(Utf8JsonWriter writer, ModelAudit audit, string toolVersion)
    {
        writer.WriteStartObject("tool"u8);
        writer.WriteStartObject("driver"u8);
        writer.WriteString("name"u8, "flama");
        writer.WriteString("version"u8, toolVersion);
        writer.WriteStartArray("rules"u8);
        foreach (var code in audit.Findings.Select(finding => finding.Code.Name).Distinct(StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, code);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, AuditFinding finding, string location)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId"u8, finding.Code.Name);
        writer.WriteString("level"u8, "error");
        writer.WriteStartObject("message"u8);
        writer.WriteString("text"u8, SafeText.OneLine(finding.Remedy is null ? finding.Message : $"{finding.Message} {finding.Remedy}"));
        writer.WriteEndObject();
        writer.WriteStartArray("locations"u8);
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation"u8);
        WriteLocation(writer, "artifactLocation", location);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (finding.Offset is { } offset)
        {
            // The byte counts in the decompressed pickle, so that it is no region of the file.
            writer.WriteStartObject("properties"u8);
            writer.WriteNumber("pickleOffset"u8, offset);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, string name, string location)
    {
        writer.WriteStartObject(name);
        writer.WriteString("uri"u8, Uri.EscapeDataString(location.Replace('\\', '/')).Replace("%2F", "/", StringComparison.Ordinal));
        writer.WriteEndObject();
    }

    private static void WritePickle(Utf8JsonWriter writer, PickleAudit? pickle)
    {
        if (pickle is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("compression"u8, pickle.Compression);
        writer.WriteNumber("bytes"u8, pickle.StreamBytes);
        writer.WriteNumber("values"u8, pickle.Values);
        writer.WriteNumber("valueBytes"u8, pickle.ValueBytes);
        writer.WriteBoolean("complete"u8, pickle.Failure is null);
        writer.WriteStartArray("globals"u8);
        foreach (var global in pickle.Globals)
        {
            writer.WriteStartObject();
            writer.WriteString("module"u8, SafeText.OneLine(global.Global.Module));
            writer.WriteString("name"u8, SafeText.OneLine(global.Global.Name));
            writer.WriteString("use"u8, NameOf(global.Use));
            writer.WriteNumber("count"u8, global.Count);
            writer.WriteNumber("offset"u8, global.FirstOffset);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter writer, AuditedPart? part)
    {
        if (part is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("name"u8, part.Name);
        WriteSize(writer, part.Bytes, part.Sha256);
        writer.WriteEndObject();
    }

    private static void WriteSize(Utf8JsonWriter writer, long? bytes, string? sha256)
    {
        WriteNumber(writer, "bytes", bytes);
        writer.WriteString("sha256"u8, sha256);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string NameOf(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Clean => "clean",
        AuditVerdict.Refused => "refused",
        _ => "error",
    };

    private static string NameOf(AuditedUse use) => use switch
    {
        AuditedUse.Data => "data",
        AuditedUse.Built => "built",
        AuditedUse.Named => "named",
        _ => "refused",
    };

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, JsonOutput.Compact))
        {
            write(writer);
        }

        return output.WrittenMemory;
    }
}
