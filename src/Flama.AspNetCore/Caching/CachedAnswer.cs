using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore.Buffers;
using Flama.Hosting.Predictions;
using Flama.Json;

namespace Flama.AspNetCore.Caching;

/// <summary>
/// What was computed for an answer: the lengths of two parts in four bytes each, the output as JSON, how its rows count in statistics, and the probabilities as JSON where they were asked for.
/// </summary>
internal static class CachedAnswer
{
    private const int HeadBytes = 2 * sizeof(int);

    /// <summary>Writes an answer.</summary>
    public static byte[] Write(ModelOutput output, ModelOutput? probabilities, PooledBuffer buffer, AnswerForm? form = null)
    {
        buffer.StartDocument(0);
        Write(output, buffer);
        var length = buffer.Length;
        if (form is not null)
        {
            AnswerTally.Write(form, output, buffer);
        }

        var tallied = buffer.Length;
        if (probabilities is not null)
        {
            buffer.StartDocument(tallied);
            Write(probabilities, buffer);
        }

        var answer = GC.AllocateUninitializedArray<byte>(HeadBytes + buffer.Length);
        BinaryPrimitives.WriteInt32LittleEndian(answer, length);
        BinaryPrimitives.WriteInt32LittleEndian(answer.AsSpan(sizeof(int)), tallied - length);
        buffer.WrittenSpan.CopyTo(answer.AsSpan(HeadBytes));
        return answer;
    }

    /// <summary>Whether bytes from a store are such an answer.</summary>
    public static bool IsWhole([NotNullWhen(true)] byte[]? answer) => answer is { Length: > HeadBytes }
        && LengthOf(answer) is > 0 and var length && TallyLengthOf(answer) is >= 0 and var tally && (long)length + tally <= answer.Length - HeadBytes && tally % AnswerTally.PairBytes == 0;

    /// <summary>The output.</summary>
    public static ReadOnlySpan<byte> OutputOf(byte[] answer) => answer.AsSpan(HeadBytes, LengthOf(answer));

    /// <summary>How its rows count, see <see cref="AnswerTally"/>.</summary>
    public static ReadOnlySpan<byte> TallyOf(byte[] answer) => answer.AsSpan(HeadBytes + LengthOf(answer), TallyLengthOf(answer));

    /// <summary>The probabilities; empty where there are none.</summary>
    public static ReadOnlySpan<byte> ProbabilitiesOf(byte[] answer) => answer.AsSpan(HeadBytes + LengthOf(answer) + TallyLengthOf(answer));

    private static int LengthOf(byte[] answer) => BinaryPrimitives.ReadInt32LittleEndian(answer);

    private static int TallyLengthOf(byte[] answer) => BinaryPrimitives.ReadInt32LittleEndian(answer.AsSpan(sizeof(int)));

    private static void Write(ModelOutput output, PooledBuffer buffer)
    {
        OutputWriter.Write(buffer.Json, output);
        buffer.Json.Flush();
    }
}
