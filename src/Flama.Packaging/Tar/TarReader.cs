using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Flama.Packaging.Reading;

namespace Flama.Packaging.Tar;

/// <summary>Walks a tar archive forward: ustar, pax, GNU and older forms. Takes memory only for names, and those are bounded.</summary>
/// <remarks>
/// The base library's reader takes as much memory as an extended header announces, before it reads it; a file of a few bytes can announce 2
/// GiB.
/// </remarks>
internal sealed class TarReader(PackageFile file, PartStream archive)
{
    private const int MaxExtendedHeader = 64 * 1024;

    private readonly byte[] block = new byte[TarFormat.BlockSize];
    private long skip;

    /// <summary>The number of content bytes of the current entry that were not read.</summary>
    public long Remaining { get; private set; }

    /// <summary>Goes to the next entry, over what is left of the current one.</summary>
    /// <returns>The entry, or null at the end of the archive.</returns>
    /// <exception cref="FlamaException">The archive is truncated, damaged or of an unsupported kind.</exception>
    public TarEntry? Next()
    {
        string? path = null;
        long? size = null;
        while (ReadHeader())
        {
            var announced = TarFormat.ReadNumber(block.AsSpan(TarFormat.SizeOffset, TarFormat.NumberLength));
            if (announced < 0)
            {
                throw file.Corrupt($"a size in its tar archive is not a number, near byte {archive.Position}");
            }

            switch ((char)block[TarFormat.TypeOffset])
            {
                case 'x':
                    ReadPax(ReadExtended(announced), ref path, ref size);
                    break;
                case 'L':
                    path = Decode(TarFormat.Text(ReadExtended(announced)));
                    break;
                case 'K':
                    ReadExtended(announced);
                    break;
                case 'g':
                    Enter(announced);
                    break;
                case 'S':
                    throw Unsupported("a sparse file");
                case var type:
                    return ToEntry(type, path ?? ReadName(), size ?? announced);
            }
        }

        return null;
    }

    /// <summary>Reads content of the current entry.</summary>
    public int Read(Span<byte> buffer)
    {
        var read = archive.Read(buffer[..(int)Math.Min(buffer.Length, Remaining)]);
        if (read == 0 && Remaining > 0 && !buffer.IsEmpty)
        {
            throw Ended();
        }

        Remaining -= read;
        return read;
    }

    private TarEntry ToEntry(char type, string name, long size)
    {
        var kind = type switch
        {
            '5' => TarEntryKind.Directory,
            '1' or '2' => TarEntryKind.Link,
            '3' or '4' or '6' => TarEntryKind.Device,
            _ when name.EndsWith('/') => TarEntryKind.Directory,
            _ => TarEntryKind.File,
        };
        if (kind != TarEntryKind.File)
        {
            return new TarEntry(name, kind, archive.Position, 0);
        }

        Enter(size);
        return new TarEntry(name, kind, archive.Position, size);
    }

    private void Enter(long size)
    {
        Remaining = size;
        skip = TarFormat.Padding(size);
    }

    private bool ReadHeader()
    {
        if (archive.Skip(Remaining) < Remaining || archive.Skip(skip) < skip)
        {
            throw Ended();
        }

        Enter(0);
        var read = archive.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        if (read == 0 || !block.AsSpan(0, read).ContainsAnyExcept((byte)0))
        {
            return false;
        }

        if (read < block.Length)
        {
            throw Ended();
        }

        return TarFormat.IsHeader(block)
            ? true
            : throw file.Corrupt($"its tar archive has a header with a wrong checksum at byte {archive.Position - block.Length}");
    }

    private byte[] ReadExtended(long size)
    {
        if (size > MaxExtendedHeader)
        {
            throw file.Corrupt($"its tar archive has an extended header of {size} bytes, at most {MaxExtendedHeader} are sensible");
        }

        Enter(size);
        var content = new byte[size];
        var read = 0;
        while (read < content.Length)
        {
            read += Read(content.AsSpan(read));
        }

        return content;
    }

    // Records of "length key=value\n", where length counts the whole record.
    private void ReadPax(ReadOnlySpan<byte> records, ref string? path, ref long? size)
    {
        while (!records.IsEmpty)
        {
            if (!Utf8Parser.TryParse(records, out int length, out var digits)
                || length <= digits + 1 || length > records.Length || records[digits] != ' ' || records[length - 1] != '\n')
            {
                throw file.Corrupt($"its tar archive has a damaged extended header near byte {archive.Position}");
            }

            var record = records[(digits + 1)..(length - 1)];
            records = records[length..];
            var equals = record.IndexOf((byte)'=');
            var key = record[..Math.Max(equals, 0)];
            var value = record[(equals + 1)..];
            if (key.SequenceEqual("path"u8))
            {
                path = Decode(value);
            }
            else if (key.SequenceEqual("size"u8))
            {
                size = Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length && number >= 0
                    ? number
                    : throw file.Corrupt($"a size in its tar archive is not a number, near byte {archive.Position}");
            }
            else if (key.StartsWith("GNU.sparse."u8))
            {
                throw Unsupported("a sparse file");
            }
        }
    }

    private string ReadName()
    {
        var name = Decode(TarFormat.Text(block.AsSpan(0, TarFormat.NameLength)));
        var isPosix = block.AsSpan(TarFormat.MagicOffset, 6).SequenceEqual("ustar\0"u8);
        var prefix = isPosix ? Decode(TarFormat.Text(block.AsSpan(TarFormat.PrefixOffset, TarFormat.PrefixLength))) : "";
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    private string Decode(ReadOnlySpan<byte> name) => Utf8.IsValid(name)
        ? Encoding.UTF8.GetString(name)
        : throw file.Corrupt($"a name in its tar archive is not UTF-8, near byte {archive.Position}");

    private FlamaException Ended() => file.Truncated($"its tar archive stops at byte {archive.Position}, inside of an entry");

    private FlamaException Unsupported(string what) => new(
        ErrorCodes.UnsupportedFormat,
        $"'{file.Name}': its tar archive holds {what} near byte {archive.Position}.",
        "Package the model again with Flama.");
}
