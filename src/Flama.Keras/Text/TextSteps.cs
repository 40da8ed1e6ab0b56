namespace Flama.Keras.Text;

/// <summary>Texts to numbers of words.</summary>
internal static class TextSteps
{
    private const long MaxElements = 1 << 28;

    /// <summary>The numbers of the words of each text, cut or filled with 0 to one length.</summary>
    /// <param name="texts">The texts, one a row.</param>
    /// <param name="splitter">How they are split.</param>
    /// <param name="table">The numbers.</param>
    /// <param name="length">The length; below 0 for that of the longest.</param>
    public static ModelTensor Numbers(ModelTensor texts, TextSplitter splitter, LookupTable table, long length)
    {
        var rows = RowsOf(texts);
        var width = texts.Count / Math.Max(1, rows);
        List<List<string>> words = [];
        for (var i = 0; i < rows; i++)
        {
            words.Add([.. Enumerable.Range(i * width, width).SelectMany(at => splitter.Split(Words.At(texts, at)))]);
        }

        var longest = length >= 0 ? length : words.Count == 0 ? 0 : words.Max(row => row.Count);
        CheckSize(rows * longest);
        var numbers = ModelTensor.Rent(ElementType.Int64, rows, longest);
        var target = numbers.WritableElements<long>();
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < Math.Min(longest, words[i].Count); j++)
            {
                target[(int)((i * longest) + j)] = table.Find(words[i][j]);
            }
        }

        return numbers;
    }

    /// <summary>How often each word of the vocabulary is in each text, or whether it is.</summary>
    public static ModelTensor Counts(ModelTensor texts, TextSplitter splitter, LookupTable table, long depth, bool isBinary)
    {
        var rows = RowsOf(texts);
        var width = texts.Count / Math.Max(1, rows);
        CheckSize(rows * depth);
        var counts = ModelTensor.Rent(ElementType.Float32, rows, depth);
        var target = counts.WritableElements<float>();
        for (var i = 0; i < rows * width; i++)
        {
            foreach (var word in splitter.Split(Words.At(texts, i)))
            {
                var number = table.Find(word);
                if (number >= 0 && number < depth)
                {
                    ref var count = ref target[(int)((i / width * depth) + number)];
                    count = isBinary ? 1 : count + 1;
                }
            }
        }

        return counts;
    }

    private static int RowsOf(ModelTensor texts) => texts.Shape.Count == 0 ? 1 : (int)texts.Shape[0];

    private static void CheckSize(long elements)
    {
        if (elements > MaxElements)
        {
            throw new FlamaException(ErrorCodes.InputTooLarge, $"The texts make {elements} numbers, more than {MaxElements}.", "Send fewer or shorter texts at once.");
        }
    }
}
