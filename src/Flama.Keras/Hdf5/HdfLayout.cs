namespace Flama.Keras.Hdf5;

/// <summary>Reads the elements of an array from where they are: in the header, in one piece, or in chunks.</summary>
internal static class HdfLayout
{
    /// <summary>Reads all elements. What is in one piece is not copied.</summary>
    public static ReadOnlyMemory<byte> Read(HdfFile file, HdfType type, long[] shape, ReadOnlyMemory<byte> layout, ReadOnlyMemory<byte> filters)
    {
        var length = HdfSpace.BytesOf(file, shape, type.Size);
        if (length == 0)
        {
            return default;
        }

        HdfCursor cursor = new(file, layout.Span);
        var version = cursor.Byte();
        if (version is not (3 or 4))
        {
            throw file.Unsupported($"a layout of version {version}");
        }

        var kind = cursor.Byte();
        switch (kind)
        {
            case 0:
                var size = cursor.Short();
                return size == length ? layout.Slice(cursor.Position, Math.Min(size, cursor.Left)) is var data && data.Length == size ? data : throw file.Truncated() : throw Wrong(file);
            case 1:
                var address = cursor.Long();
                return address == HdfFile.Nowhere
                    ? throw file.Corrupt("an array was never written")
                    : cursor.Long() == (ulong)length ? file.Slice(address, (ulong)length) : throw Wrong(file);
            case 2 when version == 3:
                return ReadChunks(file, type, shape, (int)length, ref cursor, HdfFilters.Read(file, filters.Span));
            default:
                throw file.Unsupported($"a layout of kind {kind}, version {version}");
        }
    }

    private static FlamaException Wrong(HdfFile file) => file.Corrupt("an array has not the size of its shape");

    private static byte[] ReadChunks(HdfFile file, HdfType type, long[] shape, int length, ref HdfCursor cursor, HdfFilters filters)
    {
        var rank = cursor.Byte() - 1;
        var tree = cursor.Long();
        if (rank != shape.Length || rank == 0)
        {
            throw file.Corrupt("chunks have not the dimensions of their array");
        }

        var chunk = new long[rank];
        for (var i = 0; i < rank; i++)
        {
            chunk[i] = cursor.Int() is > 0 and <= int.MaxValue and var edge ? edge : throw file.Corrupt("a chunk has no size");
        }

        var chunkLength = (int)HdfSpace.BytesOf(file, chunk, type.Size);
        var leaves = HdfTree.ReadLeaves(file, tree, 1, 8 + ((rank + 1) * sizeof(ulong)));
        long[] counts = [.. shape.Select((edge, i) => (edge + chunk[i] - 1) / chunk[i])];
        var needed = counts.Aggregate(1L, (all, count) => Math.Min(int.MaxValue, all * count));

        // Each chunk must be there, once: no array of more bytes than the file can give, and no place without content.
        if (leaves.Count != needed)
        {
            throw file.Corrupt($"an array has {leaves.Count} chunks, and its shape needs {needed}");
        }

        filters.CheckSizes(file, leaves, chunkLength);
        var data = new byte[length];
        HashSet<long> seen = [];
        foreach (var (key, address) in leaves)
        {
            HdfCursor head = new(file, key.Span);
            var stored = head.Int();
            var skipped = head.Int();
            var origin = new long[rank];
            var number = 0L;
            for (var i = 0; i < rank; i++)
            {
                var at = head.Long();
                origin[i] = at < (ulong)shape[i] && at % (ulong)chunk[i] == 0 ? (long)at : throw file.Corrupt("a chunk is outside its array, or not where one begins");
                number = (number * counts[i]) + (origin[i] / chunk[i]);
            }

            if (!seen.Add(number))
            {
                throw file.Corrupt("two chunks are at the same place of an array");
            }

            var content = filters.Decode(file, file.Slice(address, stored), skipped, chunkLength, type.Size);
            Copy(content.Span, data, shape, chunk, origin, type.Size);
        }

        return data;
    }

    // Row by row of the last dimension, as far as the chunk is inside the array.
    private static void Copy(ReadOnlySpan<byte> content, Span<byte> data, long[] shape, long[] chunk, long[] origin, int size)
    {
        var rank = shape.Length;
        var run = Math.Min(chunk[^1], shape[^1] - origin[^1]);
        if (run <= 0)
        {
            return;
        }

        var index = new long[rank];
        while (true)
        {
            long from = 0, to = 0;
            var isInside = true;
            for (var i = 0; i < rank; i++)
            {
                from = (from * chunk[i]) + index[i];
                to = (to * shape[i]) + origin[i] + index[i];
                isInside &= origin[i] + index[i] < shape[i];
            }

            if (isInside)
            {
                content.Slice((int)from * size, (int)run * size).CopyTo(data[((int)to * size)..]);
            }

            var axis = rank - 2;
            while (axis >= 0 && ++index[axis] == chunk[axis])
            {
                index[axis--] = 0;
            }

            if (axis < 0)
            {
                return;
            }
        }
    }
}
