using System.Buffers.Binary;
using System.Text;
using Flama.Packaging.Reading;
using Flama.Packaging.Sources;

namespace Flama.Packaging.Bare;

/// <summary>Tells model archives (torch, Keras, skops) by the names in a zip file's directory; no entry is opened.</summary>
internal static class ZipProbe
{
    private const int EndSize = 22;
    private const int LongestComment = ushort.MaxValue;
    private const int LocatorSize = 20;
    private const int End64Size = 56;
    private const int EntrySize = 46;
    private const int MaxEntries = 100_000;
    private const uint EndMagic = 0x06054B50;
    private const uint LocatorMagic = 0x07064B50;
    private const uint End64Magic = 0x06064B50;
    private const uint EntryMagic = 0x02014B50;

    /// <summary>Tells what the archive is; null when it is no model.</summary>
    /// <exception cref="FlamaException">The archive has no directory: it ends too early.</exception>
    public static ModelFormat? Recognize(PackageFile file)
    {
        var (offset, size) = FindDirectory(file);
        using var directory = file.Source.OpenRead(offset, size);
        var hasData = false;
        var hasConstants = false;
        var hasKerasConfig = false;
        var hasKerasWeights = false;
        var isSkops = false;
        for (var i = 0; i < MaxEntries && ReadName(directory) is { } name; i++)
        {
            // torch puts all entries below a directory of the archive's name.
            var below = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
            if (below == "serialized_exported_program.json" || IsExportedModel(below))
            {
                return ModelFormats.TorchExport;
            }

            hasData |= below == "data.pkl";
            hasConstants |= below == "constants.pkl";
            isSkops |= name == "schema.json";
            hasKerasConfig |= name == "config.json";
            hasKerasWeights |= name == "model.weights.h5";
        }

        return hasData ? hasConstants ? ModelFormats.TorchScript : ModelFormats.TorchPickle
            : hasKerasConfig && hasKerasWeights ? ModelFormats.Keras
            : isSkops ? ModelFormats.Skops
            : null;
    }

    private static (long Offset, long Size) FindDirectory(PackageFile file)
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
                    (offset, size) = FindDirectory64(file, length - tail.Length + at);
                }

                return offset >= 0 && size >= 0 && offset <= length && size <= length - offset ? (offset, size) : throw Damaged(file);
            }
        }

        throw file.Truncated("it is a zip archive without its directory, which stands at the end");
    }

    private static (long Offset, long Size) FindDirectory64(PackageFile file, long end)
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

    private static string? ReadName(SectionStream directory)
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
        return Encoding.UTF8.GetString(name[..read]);
    }

    // torch 2.8 and later.
    private static bool IsExportedModel(string name) =>
        name.StartsWith("models/", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal);

    private static FlamaException Damaged(PackageFile file) => file.Corrupt("it is a zip archive whose directory lies outside of the file");
}
