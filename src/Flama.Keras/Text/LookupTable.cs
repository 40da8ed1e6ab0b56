using System.Globalization;
using Flama.Keras.Layers.Preprocessing;

namespace Flama.Keras.Text;

/// <summary>Finds the numbers of words. Immutable and thread-safe.</summary>
internal sealed class LookupTable
{
    private readonly Dictionary<string, long> numbers = new(StringComparer.Ordinal);
    private readonly Vocabulary vocabulary;
    private readonly bool isText;

    public LookupTable(Vocabulary vocabulary, bool isText)
    {
        this.vocabulary = vocabulary;
        this.isText = isText;
        for (var i = 0; i < vocabulary.Words.Count; i++)
        {
            numbers[vocabulary.Words[i]] = vocabulary.FirstWord + i;
        }
    }

    /// <summary>The number of one word.</summary>
    public long Find(string word)
    {
        if (vocabulary.HasMask && string.Equals(word, vocabulary.Mask, StringComparison.Ordinal))
        {
            return 0;
        }

        if (numbers.TryGetValue(word, out var number))
        {
            return number;
        }

        if (vocabulary.Outside <= 1)
        {
            return vocabulary.Outside == 1 ? vocabulary.FirstOutside : -1;
        }

        var bin = isText
            ? (long)(FarmHash.Fingerprint(word) % (ulong)vocabulary.Outside)
            : ((long.Parse(word, CultureInfo.InvariantCulture) % vocabulary.Outside) + vocabulary.Outside) % vocabulary.Outside;
        return vocabulary.FirstOutside + bin;
    }

    /// <summary>The numbers of all words of a tensor.</summary>
    public ModelTensor Find(ModelTensor words)
    {
        var found = ModelTensor.Rent(ElementType.Int64, [.. words.Shape]);
        var target = found.WritableElements<long>();
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = Find(Words.At(words, i));
        }

        return found;
    }
}
