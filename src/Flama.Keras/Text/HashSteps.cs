using System.Text;

namespace Flama.Keras.Text;

/// <summary>Words to bins by their hash, as TensorFlow has them.</summary>
internal static class HashSteps
{
    // What a cross begins with in TensorFlow.
    private const ulong CrossKey = 0xDECAFCAFFE;
    private const ulong Multiplier = 0xc6a4a7935bd1e995;

    /// <summary>The bin of each word; the mask has bin 0, and others the rest.</summary>
    public static ModelTensor Hash(ModelTensor words, long bins, string? mask, (ulong, ulong)? salt)
    {
        var hashed = ModelTensor.Rent(ElementType.Int64, [.. words.Shape]);
        var target = hashed.WritableElements<long>();
        for (var i = 0; i < target.Length; i++)
        {
            var word = Words.At(words, i);
            target[i] = mask is null ? Bin(word, bins, salt)
                : string.Equals(word, mask, StringComparison.Ordinal) ? 0
                : bins > 1 ? 1 + Bin(word, bins - 1, salt) : 0;
        }

        return hashed;
    }

    /// <summary>The bin of each combination.</summary>
    public static ModelTensor Cross(IReadOnlyList<ModelTensor> parts, long bins)
    {
        var crossed = ModelTensor.Rent(ElementType.Int64, [.. parts[0].Shape]);
        var target = crossed.WritableElements<long>();
        if (parts.Any(part => part.Count != crossed.Count))
        {
            crossed.Dispose();
            throw new FlamaException(ErrorCodes.InvalidInput, "What is crossed has not the same number of elements.", "Give as many of each.");
        }

        for (var i = 0; i < target.Length; i++)
        {
            var hash = CrossKey;
            foreach (var part in parts)
            {
                hash = Join(hash, part.Type == ElementType.String ? FarmHash.Fingerprint(part.Texts[i] ?? "") : (ulong)Words.NumberAt(part, i));
            }

            target[i] = (long)(hash % (ulong)bins);
        }

        return crossed;
    }

    /// <summary>One hash of two.</summary>
    public static ulong Join(ulong first, ulong second)
    {
        var result = (first ^ Multiplier) ^ (Mix(second * Multiplier) * Multiplier);
        result *= Multiplier;
        result = Mix(result) * Multiplier;
        return Mix(result);
    }

    private static ulong Mix(ulong value) => value ^ (value >> 47);

    private static long Bin(string word, long bins, (ulong, ulong)? salt) =>
        (long)((salt is { } key ? SipHash.Compute(Encoding.UTF8.GetBytes(word), key.Item1, key.Item2) : FarmHash.Fingerprint(word)) % (ulong)bins);
}
