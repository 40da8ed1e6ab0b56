using System.IO.Compression;

namespace Flama.ConformanceTests.Mutations;

/// <summary>Changes of the parts of zip archives, which are written anew with checksums that hold.</summary>
internal static class ZipParts
{
    /// <summary>Changes one part, or the list of them; null for what is no zip archive.</summary>
    /// <param name="content">The archive.</param>
    /// <param name="other">An archive that parts are taken from.</param>
    /// <param name="random">What decides.</param>
    /// <param name="change">Changes the content of a part.</param>
    public static byte[]? Change(byte[] content, byte[] other, Random random, Func<string, byte[], byte[], Random, byte[]> change)
    {
        if (Read(content) is not { Count: > 0 } parts)
        {
            return null;
        }

        var at = random.Next(parts.Count);
        var (name, bytes) = parts[at];
        switch (random.Next(20))
        {
            case 0:
                parts.RemoveAt(at);
                break;
            case 1:
                parts.Add(parts[at]);
                break;
            case 2:
                parts[at] = (parts[random.Next(parts.Count)].Name, bytes);
                break;
            case 3 when Read(other) is { Count: > 0 } others:
                parts[at] = (name, others[random.Next(others.Count)].Bytes);
                break;
            case 4:
                parts[at] = (name.Insert(random.Next(name.Length), random.Next(2) == 0 ? "../" : "x"), bytes);
                break;
            default:
                parts[at] = (name, change(name, bytes, Read(other)?.FirstOrDefault(part => part.Name == name).Bytes ?? bytes, random));
                break;
        }

        return Write(parts);
    }

    private static List<(string Name, byte[] Bytes)>? Read(byte[] content)
    {
        try
        {
            using ZipArchive zip = new(new MemoryStream(content));
            return [.. zip.Entries.Select(entry =>
            {
                using var stream = entry.Open();
                using MemoryStream copy = new();
                stream.CopyTo(copy);
                return (entry.FullName, copy.ToArray());
            })];
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    private static byte[] Write(List<(string Name, byte[] Bytes)> parts)
    {
        using MemoryStream copy = new();
        using (ZipArchive zip = new(copy, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in parts)
            {
                using var stream = zip.CreateEntry(name.Length == 0 ? "x" : name, CompressionLevel.NoCompression).Open();
                stream.Write(bytes);
            }
        }

        return copy.ToArray();
    }
}
