using System.Globalization;
using System.Text;

namespace Flama.Packaging.Tar;

/// <summary>Writes a tar archive of plain files in the pax format, to the byte the same for the same input.</summary>
/// <remarks>
/// The base library's writer puts the process id into the names of extended headers. Owner and group are 0, the mode is 0644, the time is
/// one for all entries. A name that does not fit into the header gets an extended one.
/// </remarks>
internal sealed class TarWriter(Stream output, long unixSeconds)
{
    private const string ExtendedName = "././@PaxHeader";
    private const long LargestSize = (1L << 33) - 1;

    private readonly byte[] block = new byte[TarFormat.BlockSize];
    private long written;

    /// <summary>Writes one file.</summary>
    /// <param name="name">Its path inside of the archive.</param>
    /// <param name="size">How many bytes it has.</param>
    /// <param name="write">Writes exactly that many.</param>
    public void WriteFile(string name, long size, Action<Stream> write)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        var records = new List<byte>();
        if (utf8.Length > TarFormat.NameLength || !Ascii.IsValid(utf8))
        {
            AppendRecord(records, "path", name);
        }

        if (size > LargestSize)
        {
            AppendRecord(records, "size", size.ToString(CultureInfo.InvariantCulture));
        }

        if (records.Count > 0)
        {
            WriteHeader(Encoding.ASCII.GetBytes(ExtendedName), 'x', records.Count);
            Write([.. records]);
            Pad(TarFormat.BlockSize);
        }

        WriteHeader(utf8.AsSpan(0, Math.Min(utf8.Length, TarFormat.NameLength)), '0', size > LargestSize ? 0 : size);
        write(output);
        written += size;
        Pad(TarFormat.BlockSize);
    }

    /// <summary>Ends the archive: two empty blocks, filled up to a whole record.</summary>
    public void Finish()
    {
        Write(new byte[2 * TarFormat.BlockSize]);
        Pad(TarFormat.RecordSize);
    }

    // "length key=value\n", where length counts its own digits too.
    private static void AppendRecord(List<byte> records, string key, string value)
    {
        var body = Encoding.UTF8.GetBytes($" {key}={value}\n");
        var length = body.Length + 1;
        while (body.Length + $"{length}".Length != length)
        {
            length = body.Length + $"{length}".Length;
        }

        records.AddRange(Encoding.ASCII.GetBytes($"{length}"));
        records.AddRange(body);
    }

    private void WriteHeader(ReadOnlySpan<byte> name, char type, long size)
    {
        Array.Clear(block);
        name.CopyTo(block);
        Octal(TarFormat.ModeOffset, 7, 0x1A4);
        Octal(TarFormat.UserOffset, 7, 0);
        Octal(TarFormat.GroupOffset, 7, 0);
        Octal(TarFormat.SizeOffset, TarFormat.NumberLength - 1, size);
        Octal(TarFormat.TimeOffset, TarFormat.NumberLength - 1, Math.Clamp(unixSeconds, 0, LargestSize));
        block[TarFormat.TypeOffset] = (byte)type;
        "ustar\000"u8.CopyTo(block.AsSpan(TarFormat.MagicOffset));
        Octal(TarFormat.ChecksumOffset, 6, TarFormat.Checksum(block, signed: false));
        block[TarFormat.ChecksumOffset + TarFormat.ChecksumLength - 1] = (byte)' ';
        Write(block);
    }

    private void Octal(int offset, int digits, long value)
    {
        for (var i = digits - 1; i >= 0; i--)
        {
            block[offset + i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        written += bytes.Length;
    }

    private void Pad(int unit)
    {
        var rest = (int)(written % unit);
        if (rest > 0)
        {
            Write(new byte[unit - rest]);
        }
    }
}
