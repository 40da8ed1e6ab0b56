using System.Buffers.Binary;
using System.Text;

namespace Flama.Packaging.Reading;

/// <summary>Walks the artifacts of a binary package: <c>name_size u32, content_size u64, name, content</c>, again and again.</summary>
/// <remarks>
/// Python writers put the number of characters into <c>name_size</c>, not of bytes, which differ for names outside of ASCII. The entries
/// fill their section exactly, so the reading that does so is the right one: bytes first, characters if that fails.
/// </remarks>
internal static class ArtifactDirectory
{
    private const int HeaderSize = 12;
    private const int MaxNameBytes = 4 * ArtifactName.MaxBytes;

    /// <summary>Lists the artifacts; their contents are not touched.</summary>
    /// <param name="file">The package.</param>
    /// <param name="section">Where the entries lie, without what the section holds before them.</param>
    /// <param name="count">How many entries the package announces.</param>
    /// <exception cref="FlamaException">The entries do not fit, are too many, or a name is unsafe.</exception>
    public static IReadOnlyList<ArtifactEntry> Read(PackageFile file, Section section, uint count)
    {
        if (count > file.Limits.MaxArtifacts)
        {
            throw file.TooLarge($"the number of artifacts ({count})", file.Limits.MaxArtifacts, nameof(PackageLimits.MaxArtifacts));
        }

        if (count > section.Length / HeaderSize)
        {
            throw file.Corrupt($"{count} artifacts do not fit into {section.Length} bytes");
        }

        var found = Walk(file, section, (int)count, inCharacters: false) ?? Walk(file, section, (int)count, inCharacters: true)
            ?? throw file.Corrupt($"its {count} artifacts do not fill the {section.Length} bytes of their section, or a name is not UTF-8");
        return Check(file, section.Codec, found);
    }

    private static List<Found>? Walk(PackageFile file, Section section, int count, bool inCharacters)
    {
        var found = new List<Found>(count);
        Span<byte> buffer = stackalloc byte[HeaderSize + MaxNameBytes];
        var at = section.Offset;
        var end = section.Offset + section.Length;
        for (var i = 0; i < count; i++)
        {
            var window = buffer[..(int)Math.Min(buffer.Length, end - at)];
            if (window.Length < HeaderSize || file.Source.Read(at, window) < window.Length)
            {
                return null;
            }

            var name = ReadName(window[HeaderSize..], BinaryPrimitives.ReadUInt32BigEndian(window), inCharacters, out var nameBytes);
            var size = BinaryPrimitives.ReadUInt64BigEndian(window[4..]);
            at += HeaderSize + nameBytes;
            if (name is null || size > (ulong)(end - at))
            {
                return null;
            }

            found.Add(new(name, at, (long)size));
            at += (long)size;
        }

        return at == end ? found : null;
    }

    private static string? ReadName(ReadOnlySpan<byte> text, uint size, bool inCharacters, out int length)
    {
        length = 0;
        if (size > text.Length)
        {
            return null;
        }

        if (!inCharacters)
        {
            length = (int)size;
        }
        else
        {
            for (var i = 0u; i < size; i++)
            {
                if (Rune.DecodeFromUtf8(text[length..], out _, out var consumed) != System.Buffers.OperationStatus.Done)
                {
                    return null;
                }

                length += consumed;
            }
        }

        var name = text[..length];
        return System.Text.Unicode.Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : null;
    }

    private static List<ArtifactEntry> Check(PackageFile file, byte codec, List<Found> found)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<ArtifactEntry>(found.Count);
        foreach (var (name, offset, length) in found)
        {
            if (ArtifactName.Problem(name) is { } problem)
            {
                throw file.Unsafe(name, problem);
            }

            if (!names.Add(name))
            {
                throw file.Corrupt($"it holds the artifact '{name}' twice");
            }

            var content = new Section($"artifact '{name}'", offset, length, codec);
            entries.Add(new ArtifactEntry(name, () => file.Open(content, file.Limits.MaxArtifactBytes)));
        }

        return entries;
    }

    private sealed record Found(string Name, long Offset, long Length);
}
