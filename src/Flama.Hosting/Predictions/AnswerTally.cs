using System.Buffers;
using System.Buffers.Binary;

namespace Flama.Hosting.Predictions;

/// <summary>How many rows of an answer count for each class or bucket of numbers, in bytes that are kept with the answer: pairs of the counter and its rows.</summary>
internal static class AnswerTally
{
    /// <summary>The length of a pair.</summary>
    public const int PairBytes = sizeof(ushort) + sizeof(int);

    /// <summary>Counts the rows of an answer.</summary>
    /// <param name="form">What is counted of it.</param>
    /// <param name="output">The answer.</param>
    /// <param name="bytes">Takes the pairs; none where the answer is of no such form.</param>
    public static void Write(AnswerForm form, ModelOutput output, IBufferWriter<byte> bytes)
    {
        if (form.Kind == AnswerKind.None || output.First is not PredictionBatch batch || !form.Fits(batch))
        {
            return;
        }

        var counts = new int[form.Counters];
        for (var row = 0; row < batch.Rows; row++)
        {
            if (form.CounterOf(batch, row) is >= 0 and var counter)
            {
                counts[counter]++;
            }
        }

        for (var counter = 0; counter < counts.Length; counter++)
        {
            if (counts[counter] > 0)
            {
                var pair = bytes.GetSpan(PairBytes);
                BinaryPrimitives.WriteUInt16LittleEndian(pair, (ushort)counter);
                BinaryPrimitives.WriteInt32LittleEndian(pair[sizeof(ushort)..], counts[counter]);
                bytes.Advance(PairBytes);
            }
        }
    }

    /// <summary>Takes the first pair off.</summary>
    /// <returns>False when there is none left.</returns>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out int counter, out int rows)
    {
        (counter, rows) = (0, 0);
        if (bytes.Length < PairBytes)
        {
            return false;
        }

        counter = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        rows = BinaryPrimitives.ReadInt32LittleEndian(bytes[sizeof(ushort)..]);
        bytes = bytes[PairBytes..];
        return true;
    }
}
