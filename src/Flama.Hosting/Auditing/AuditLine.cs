using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Hosting.Auditing;

/// <summary>One line of an audit log: a JSON object that ends with the hash of the line before it and the hash of all of itself that stands before that.</summary>
internal static class AuditLine
{
    /// <summary>What stands for the hash before the first line.</summary>
    public static readonly string Beginning = new('0', HashLength);

    private const int HashLength = 2 * SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> HashMember => ",\"hash\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    private static int TailLength => HashMember.Length + HashLength + End.Length;

    /// <summary>Writes a line, with its end.</summary>
    /// <returns>Its hash.</returns>
    public static string Write(ArrayBufferWriter<byte> lines, AuditRecord record, long number, string previous)
    {
        var start = lines.WrittenCount;
        using (Utf8JsonWriter json = new(lines, JsonOutput.Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("entry"u8, number);
            json.WriteString("time"u8, record.Time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture));
            Write(json, "who", record.Who);
            Write(json, "credential", record.Credential);
            Write(json, "address", record.Address);
            json.WriteString("what"u8, SafeText.OneLine(record.What));
            Write(json, "model", record.Model);
            Write(json, "digest", record.Digest);
            if (record.Status is { } status)
            {
                json.WriteNumber("status"u8, status);
            }

            Write(json, "id", record.Id);
            json.WriteString("previous"u8, previous);
            json.Flush();
            var hash = Convert.ToHexStringLower(SHA256.HashData(lines.WrittenSpan[start..]));
            json.WriteString("hash"u8, hash);
            json.WriteEndObject();
            json.Flush();
            lines.Write("\n"u8);
            return hash;
        }
    }

    /// <summary>Reads what the chain needs of a line without its end.</summary>
    /// <returns>Number, hash before and own hash; null when it is no such line, or not what its hash says.</returns>
    public static (long Number, string Previous, string Hash)? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length <= TailLength || !line.EndsWith(End) || !line[^TailLength..].StartsWith(HashMember))
        {
            return null;
        }

        var hash = Encoding.ASCII.GetString(line.Slice(line.Length - End.Length - HashLength, HashLength));
        if (Convert.ToHexStringLower(SHA256.HashData(line[..^TailLength])) != hash)
        {
            return null;
        }

        try
        {
            Utf8JsonReader json = new(line);
            using var document = JsonDocument.ParseValue(ref json);
            var root = document.RootElement;
            return json.BytesConsumed == line.Length && root.GetProperty("previous"u8).GetString() is { } previous ? (root.GetProperty("entry"u8).GetInt64(), previous, hash) : null;
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, SafeText.OneLine(text));
        }
    }
}
