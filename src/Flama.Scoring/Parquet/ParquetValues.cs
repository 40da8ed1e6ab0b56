using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Parquet;

/// <summary>The cells of a page that are not missing, one after the other. Not thread-safe.</summary>
internal abstract class ParquetValues
{
    /// <summary>How they may be written down.</summary>
    public const int Plain = 0, PlainDictionary = 2, Runs = 3, Delta = 5, DeltaLengths = 6, DeltaTexts = 7, RunDictionary = 8, SplitBytes = 9;

    /// <summary>Reads the next cells.</summary>
    /// <exception cref="FlamaException">There are fewer, or they contradict the format.</exception>
    public abstract void Read(Span<Scalar> cells);

    /// <summary>Cells of a column.</summary>
    /// <param name="encoding">How they are written down.</param>
    /// <param name="bytes">The bytes; a piece of them is kept.</param>
    /// <param name="count">How many there are at most.</param>
    /// <param name="column">What the cells are.</param>
    /// <param name="dictionary">The entries that cells may be told by; null for none.</param>
    /// <exception cref="FlamaException">They contradict the format, or are written in a way that is not read.</exception>
    public static ParquetValues Of(int encoding, ReadOnlyMemory<byte> bytes, int count, ParquetCells column, Scalar[]? dictionary)
    {
        var errors = column.Errors;
        return (encoding, column.Format.Kind) switch
        {
            (PlainDictionary or RunDictionary, not CellKind.Nothing) when dictionary is null => throw errors.Corrupt("a page needs a dictionary, and its column has none"),
            (PlainDictionary or RunDictionary, not CellKind.Nothing) => new DictionaryValues(bytes, dictionary!, errors),
            (_, CellKind.Nothing) => new NoValues(),
            (Plain, CellKind.Boolean) => new BitValues(bytes, errors),
            (Runs, CellKind.Boolean) => new FlagValues(SkipLength(bytes, errors), errors),
            (Plain, _) when column.Format.Width > 0 => new FixedValues(bytes, column),
            (Plain, _) => new SizedValues(bytes, column),
            (Delta, _) when column.Format is { Width: 4 or 8 } => new ListedValues(column, column.OfIntegers(DeltaIntegers.Read(bytes.Span, column.Claim(count), errors, out _))),
            (DeltaLengths, _) when column.Format.Width == 0 => new ListedValues(column, DeltaStrings.Read(bytes, column, column.Claim(count))),
            (DeltaTexts, _) => new ListedValues(column, DeltaStrings.ReadPrefixed(bytes, column, column.Claim(count))),
            (SplitBytes, _) when column.Format.Width > 0 => new SplitValues(bytes, column),
            _ => throw errors.Unsupported($"a column of {column.Format.Kind.ToString().ToLowerInvariant()} is encoded in a way that is not known ({encoding})"),
        };
    }

    // The runs of booleans have their length in front.
    private static ReadOnlyMemory<byte> SkipLength(ReadOnlyMemory<byte> bytes, TableErrors errors)
    {
        PageBytes reader = new(bytes.Span, errors);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(reader.Take(sizeof(uint)));
        reader.Take(length);
        return bytes.Slice(sizeof(uint), (int)length);
    }

    private sealed class DictionaryValues : ParquetValues
    {
        private readonly RunReader indices;
        private readonly Scalar[] entries;
        private readonly TableErrors errors;
        private int[] buffer = [];

        public DictionaryValues(ReadOnlyMemory<byte> bytes, Scalar[] entries, TableErrors errors)
        {
            this.entries = entries;
            this.errors = errors;

            // A page without cells may have no bytes at all.
            var width = bytes.IsEmpty ? 0 : bytes.Span[0];
            indices = width <= 32 ? new(bytes.IsEmpty ? bytes : bytes[1..], width, errors) : throw errors.Corrupt("the entries of a page have more than 32 bits");
        }

        public override void Read(Span<Scalar> cells)
        {
            buffer = buffer.Length >= cells.Length ? buffer : new int[cells.Length];
            var found = buffer.AsSpan(0, cells.Length);
            indices.Read(found);
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = (uint)found[i] < (uint)entries.Length ? entries[found[i]] : throw errors.Corrupt("a page names an entry that its dictionary lacks");
            }
        }
    }

    private sealed class NoValues : ParquetValues
    {
        public override void Read(Span<Scalar> cells) => cells.Clear();
    }

    private sealed class BitValues(ReadOnlyMemory<byte> bytes, TableErrors errors) : ParquetValues
    {
        private int position;

        public override void Read(Span<Scalar> cells)
        {
            if (cells.Length > (bytes.Length * 8L) - position)
            {
                throw errors.Corrupt("a page ends before its last cell");
            }

            foreach (ref var cell in cells)
            {
                cell = Scalar.Of((bytes.Span[position >> 3] & (1 << (position & 7))) != 0);
                position++;
            }
        }
    }

    private sealed class FlagValues(ReadOnlyMemory<byte> bytes, TableErrors errors) : ParquetValues
    {
        private readonly RunReader runs = new(bytes, 1, errors);
        private int[] buffer = [];

        public override void Read(Span<Scalar> cells)
        {
            buffer = buffer.Length >= cells.Length ? buffer : new int[cells.Length];
            runs.Read(buffer.AsSpan(0, cells.Length));
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Scalar.Of(buffer[i] != 0);
            }
        }
    }

    private sealed class FixedValues(ReadOnlyMemory<byte> bytes, ParquetCells column) : ParquetValues
    {
        private int position;

        public override void Read(Span<Scalar> cells)
        {
            var width = column.Format.Width;
            PageBytes reader = new(bytes.Span[position..], column.Errors);
            var taken = reader.Take((long)cells.Length * width);
            position += taken.Length;
            if (BitConverter.IsLittleEndian && column.Format is { Kind: CellKind.Float, Width: sizeof(double) })
            {
                var numbers = MemoryMarshal.Cast<byte, double>(taken);
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = Scalar.Of(numbers[i]);
                }

                return;
            }

            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = column.Format.Read(taken.Slice(i * width, width));
            }
        }
    }

    private sealed class SizedValues(ReadOnlyMemory<byte> bytes, ParquetCells column) : ParquetValues
    {
        private int position;

        public override void Read(Span<Scalar> cells)
        {
            PageBytes reader = new(bytes.Span[position..], column.Errors);
            foreach (ref var cell in cells)
            {
                cell = column.OfBytes(reader.Take(BinaryPrimitives.ReadUInt32LittleEndian(reader.Take(sizeof(uint)))));
            }

            position += reader.Position;
        }
    }

    private sealed class SplitValues(ReadOnlyMemory<byte> bytes, ParquetCells column) : ParquetValues
    {
        private int position;

        public override void Read(Span<Scalar> cells)
        {
            var width = column.Format.Width;
            var all = bytes.Span;
            var count = all.Length / width;
            if (cells.Length > count - position)
            {
                throw column.Errors.Corrupt("a page ends before its last cell");
            }

            Span<byte> value = stackalloc byte[DecimalNumber.MaxBytes];
            foreach (ref var cell in cells)
            {
                for (var i = 0; i < width; i++)
                {
                    value[i] = all[(i * count) + position];
                }

                cell = column.Format.Read(value[..width]);
                position++;
            }
        }
    }
}
