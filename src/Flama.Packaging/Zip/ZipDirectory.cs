using System.Buffers.Binary;
using System.Text;
using Flama.Packaging.Reading;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Zip;

/// <summary>Lists the entries of a zip archive from its directory; no entry is opened for it.</summary>
internal static class ZipDirectory
{
    private const int EndSize = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LocatorSize = 20;
    private const int End64Size = 56;
    private const int EntrySize = 46;
    private const int LocalHeaderSize = 30;
    private const int MaxEntries = 100_000;
    private const uint EndMagic = 0x06054B50;
    private const uint LocatorMagic = 0x07064B50;
    private const uint End64Magic = 0x06064B50;
    private const uint EntryMagic = 0x02014B50;

    /// <summary>Whether a file starts as zip archives do: with an entry, or with the directory of an empty archive.</summary>
    public static bool IsZip(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Lists the entries in the order of the directory, at most 100 000.</summary>
    /// <exception cref="FlamaException">The archive has no directory: it ends too early; or the directory lies outside of it.</exception>
    public static List<ZipEntry> Read(PackageFile file)
    {
        var (offset, size) = Find(file);
        using var directory = file.Source.OpenRead(offset, size);
        List<ZipEntry> entries = [];
        while (entries.Count < MaxEntries && ReadEntry(directory) is { } entry)
        {
            entries.Add(entry);
        }

        return entries;
    }

    /// <summary>Reads the first bytes of an entry that is not compressed.</summary>
    /// <returns>The bytes; none when it is compressed, or not where the directory says.</returns>
    public static ReadOnlySpan<byte> ReadStart(PackageFile file, ZipEntry entry, Span<byte> buffer)
    {
        Span<byte> header = stackalloc byte[LocalHeaderSize];
        if (entry.Method != 0 || entry.HeaderOffset < 0 || entry.CompressedSize < 0
            || file.Source.Read(entry.HeaderOffset, header) < header.Length || !header.StartsWith("PK\u0003\u0004"u8))
        {
            return [];
        }

        var at = entry.HeaderOffset + LocalHeaderSize
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        buffer = buffer[..(int)Math.Min(buffer.Length, entry.CompressedSize)];
        return buffer[..file.Source.Read(at, buffer)];
    }

    private static (long Offset, long Size) Find(PackageFile file)
    {
        var length = file.Source.Length;
        var tail = new byte[Math.Min(length, EndSize + LongestComment)];
        file.Source.Read(length - tail.Length, tail);
        for (var at = tail.Length - EndSize; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == EndMagic)
            {
                var end = tail.AsSpan(at);
                long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
                long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
                if (size == uint.MaxValue || offset == uint.MaxValue)
                {
                    (offset, size) = Find64(file, length - tail.Length + at);
                }

                return offset >= 0 && size >= 0 && offset <= length && size <= length - offset ? (offset, size) : throw Damaged(file);
            }
        }

        throw file.Truncated("it is a zip archive without its directory, which stands at the end");
    }

    private static (long Offset, long Size) Find64(PackageFile file, long end)
    {
        Span<byte> locator = stackalloc byte[LocatorSize];
        Span<byte> record = stackalloc byte[End64Size];
        if (end < LocatorSize || file.Source.Read(end - LocatorSize, locator) < LocatorSize
            || BinaryPrimitives.ReadUInt32LittleEndian(locator) != LocatorMagic)
        {
            throw Damaged(file);
        }

        var at = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        if (at < 0 || at > end || file.Source.Read(at, record) < End64Size || BinaryPrimitives.ReadUInt32LittleEndian(record) != End64Magic)
        {
            throw Damaged(file);
        }

        return (BinaryPrimitives.ReadInt64LittleEndian(record[48..]), BinaryPrimitives.ReadInt64LittleEndian(record[40..]));
    }

    private static ZipEntry? ReadEntry(SectionStream directory)
    {
        Span<byte> entry = stackalloc byte[EntrySize];
        if (directory.ReadAtLeast(entry, EntrySize, throwOnEndOfStream: false) < EntrySize
            || BinaryPrimitives.ReadUInt32LittleEndian(entry) != EntryMagic)
        {
            return null;
        }

        Span<byte> name = stackalloc byte[256];
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(entry[28..]);
        var extra = BinaryPrimitives.ReadUInt16LittleEndian(entry[30..]) + BinaryPrimitives.ReadUInt16LittleEndian(entry[32..]);
        name = name[..Math.Min(nameLength, name.Length)];
        var read = directory.ReadAtLeast(name, name.Length, throwOnEndOfStream: false);
        directory.Position += nameLength - read + extra;
        return new ZipEntry(
            Encoding.UTF8.GetString(name[..read]),
            BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
            OrUnknown(BinaryPrimitives.ReadUInt32LittleEndian(entry[20..])),
            OrUnknown(BinaryPrimitives.ReadUInt32LittleEndian(entry[42..])));
    }

    private static long OrUnknown(uint value) => value == uint.MaxValue ? -1 : value;

    private static FlamaException Damaged(PackageFile file) => file.Corrupt("it is a zip archive whose directory lies outside of the file");
}
