namespace Flama.Processing.Images.Jpeg;

/// <summary>Reads the bits of a scan, up to the next marker.</summary>
/// <remarks>A look ahead may see nothing but zeros behind the last bit; taking them is a failure.</remarks>
internal ref struct JpegBits(ReadOnlySpan<byte> file, int position)
{
    private readonly ReadOnlySpan<byte> file = file;
    private ulong bits;
    private int available;
    private int missing;

    /// <summary>Where the next byte is that was not taken into bits.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The next bits, 1 to 16, without taking them.</summary>
    public int Peek(int count)
    {
        if (available < count)
        {
            Fill();
        }

        return (int)(bits >> (available - count)) & ((1 << count) - 1);
    }

    /// <summary>Takes bits that were seen.</summary>
    public void Skip(int count)
    {
        available -= count;
        if (available < missing)
        {
            throw Position >= file.Length ? ImageFault.Truncated("JPEG") : ImageFault.Corrupt("JPEG", "its pixels end too early");
        }
    }

    /// <summary>Takes bits, 0 to 16.</summary>
    public int Take(int count)
    {
        if (count == 0)
        {
            return 0;
        }

        var taken = Peek(count);
        Skip(count);
        return taken;
    }

    /// <summary>Takes a number of so many bits, as JPEG extends its sign.</summary>
    public int TakeSigned(int count)
    {
        var value = Take(count);
        return count > 0 && value < 1 << (count - 1) ? value - (1 << count) + 1 : value;
    }

    /// <summary>Goes behind the restart marker that has to be here.</summary>
    public void Restart()
    {
        (bits, available, missing) = (0, 0, 0);
        while (Position + 1 < file.Length && file[Position] == 0xFF && file[Position + 1] == 0xFF)
        {
            Position++;
        }

        if (Position + 1 >= file.Length)
        {
            throw ImageFault.Truncated("JPEG");
        }

        if (file[Position] != 0xFF || file[Position + 1] is < 0xD0 or > 0xD7)
        {
            throw ImageFault.Corrupt("JPEG", "a restart marker is not where it should be");
        }

        Position += 2;
    }

    private void Fill()
    {
        while (available <= 48)
        {
            var next = 0;
            if (Position < file.Length && file[Position] != 0xFF)
            {
                next = file[Position++];
            }
            else if (Position + 1 < file.Length && file[Position + 1] == 0)
            {
                next = 0xFF;
                Position += 2;
            }
            else
            {
                missing += 8;
            }

            bits = (bits << 8) | (uint)next;
            available += 8;
        }
    }
}
