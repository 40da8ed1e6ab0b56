using System.Text.Json;
using Flama.Keras.Hdf5;

namespace Flama.Keras.Layers.Preprocessing;

/// <summary>The words of a lookup with their numbers: the mask, those outside, then the vocabulary. Immutable.</summary>
internal sealed class Vocabulary
{
    private Vocabulary(IReadOnlyList<string> words, long outside, bool hasMask, string? mask)
    {
        Words = words;
        Outside = outside;
        HasMask = hasMask;
        Mask = mask;
    }

    /// <summary>The words, without those that stand for others.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How many numbers there are for words that are not known.</summary>
    public long Outside { get; }

    /// <summary>Whether number 0 is the mask.</summary>
    public bool HasMask { get; }

    /// <summary>The word that is the mask.</summary>
    public string? Mask { get; }

    /// <summary>The first number of words that are not known.</summary>
    public long FirstOutside => HasMask ? 1 : 0;

    /// <summary>The number of the first word.</summary>
    public long FirstWord => FirstOutside + Outside;

    /// <summary>How many columns an encoding has.</summary>
    public long Depth => Outside + Words.Count;

    /// <summary>Reads it.</summary>
    /// <param name="config">The layer.</param>
    /// <param name="mask">The mask; null for none.</param>
    /// <param name="outside">How many numbers there are for words that are not known.</param>
    /// <param name="outsideWord">What stands for them.</param>
    public static Vocabulary Of(LayerConfig config, string? mask, long outside, string outsideWord)
    {
        var isNumbers = (config.Text("output_mode") ?? "int") == "int";
        var hasMask = mask is not null && isNumbers;
        if (outside is < 0 or > int.MaxValue)
        {
            throw config.Missing("num_oov_indices");
        }

        if (config.Find("vocabulary") is not { ValueKind: JsonValueKind.String } && config.Texts("vocabulary") is { } given)
        {
            var skipped = mask is not null && given.Length > 0 && given[0] == mask ? 1 : 0;
            skipped += given.Length > skipped && outside > 0 && given[skipped] == outsideWord ? (int)outside : 0;
            return new(skipped <= given.Length ? given[skipped..] : [], outside, hasMask, mask);
        }

        var lines = config.File.VocabularyOf(config) ?? throw KerasErrors.Unsupported(config.Name, "has no vocabulary in the file");
        var special = (hasMask ? 1 : 0) + (int)outside;
        return new(lines.Count >= special ? [.. lines.Skip(special)] : [], outside, hasMask, mask);
    }

    /// <summary>The weights of the columns for tf-idf.</summary>
    /// <param name="config">The layer.</param>
    /// <param name="stored">What the file of weights has; null for nothing.</param>
    /// <param name="depth">How many columns there are.</param>
    public float[] Idf(LayerConfig config, Weight? stored, long depth)
    {
        var weights = new float[depth];
        if (config.Numbers("idf_weights") is { } given)
        {
            // Words that are not known weigh as much as the mean.
            var mean = (float)given.Average();
            var skipped = given.Length > Words.Count ? 0 : (int)Outside;
            Array.Fill(weights, mean, 0, (int)Math.Min(Outside, depth));
            for (var i = 0; i < given.Length && i + skipped < depth; i++)
            {
                weights[i + skipped] = (float)given[i];
            }

            return weights;
        }

        var array = (stored ?? throw config.Missing("idf_weights")).Read();
        if (array.Type is not { Kind: HdfKind.Float, Size: 4 })
        {
            throw config.Missing("idf_weights");
        }

        var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(array.Data.Span);
        values[..Math.Min(values.Length, weights.Length)].CopyTo(weights);
        return weights;
    }
}
