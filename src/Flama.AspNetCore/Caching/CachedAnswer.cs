using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore.Buffers;
using Flama.Json;

namespace Flama.AspNetCore.Caching;

/// <summary>What was computed for an answer, as JSON: the length of the output in four bytes, the output, and the probabilities where they were asked for.</summary>
internal static class CachedAnswer
{
    private const int LengthBytes = sizeof(int);

    /// <summary>Writes an answer.</summary>
    public static byte[] Write(ModelOutput output, ModelOutput? probabilities, PooledBuffer buffer)
    {
        buffer.StartDocument(0);
        Write(output, buffer);
        var length = buffer.Length;
        if (probabilities is not null)
        {
            buffer.StartDocument(length);
            Write(probabilities, buffer);
        }

        var answer = GC.AllocateUninitializedArray<byte>(LengthBytes + buffer.Length);
        BinaryPrimitives.WriteInt32LittleEndian(answer, length);
        buffer.WrittenSpan.CopyTo(answer.AsSpan(LengthBytes));
        return answer;
    }

    /// <summary>Whether bytes from a store are such an answer.</summary>
    public static bool IsWhole([NotNullWhen(true)] byte[]? answer) =>
        answer is { Length: > LengthBytes } && LengthOf(answer) is > 0 and var length && length <= answer.Length - LengthBytes;

    /// <summary>The output.</summary>
    public static ReadOnlySpan<byte> OutputOf(byte[] answer) => answer.AsSpan(LengthBytes, LengthOf(answer));

    /// <summary>The probabilities; empty where there are none.</summary>
    public static ReadOnlySpan<byte> ProbabilitiesOf(byte[] answer) => answer.AsSpan(LengthBytes + LengthOf(answer));

    private static int LengthOf(byte[] answer) => BinaryPrimitives.ReadInt32LittleEndian(answer);

    private static void Write(ModelOutput output, PooledBuffer buffer)
    {
        OutputWriter.Write(buffer.Json, output);
        buffer.Json.Flush();
    }
}
