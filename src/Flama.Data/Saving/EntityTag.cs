using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Flama.Data.Model;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Flama.Data.Saving;

/// <summary>The entity tag (RFC 9110) of a record: a digest of its concurrency tokens.</summary>
internal static class EntityTag
{
    private const int Shown = 12;

    /// <summary>The tag of a record, with its quotes; null where nothing tells its versions apart.</summary>
    public static string? Of(EntityEntry entry, IReadOnlyList<VersionToken> tokens)
    {
        if (tokens.Count == 0)
        {
            return null;
        }

        StringBuilder text = new();
        foreach (var token in tokens)
        {
            text.Append(Text(entry.CurrentValues[token.Property])).Append('\n');
        }

        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, Shown))}\"";
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcTicks.ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
