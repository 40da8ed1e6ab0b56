namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>scikit-learn's list of English stop words (BSD-3-Clause, see THIRD-PARTY-NOTICES), which models name and do not hold.</summary>
internal static class EnglishStopWords
{
    private const string Resource = "Flama.Sklearn.english_stop_words.txt";

    private static readonly Lazy<HashSet<string>> Words = new(Read);

    /// <summary>The 318 words; not to be changed.</summary>
    public static HashSet<string> All => Words.Value;

    private static HashSet<string> Read()
    {
        using var reader = new StreamReader(typeof(EnglishStopWords).Assembly.GetManifestResourceStream(Resource)!);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { Length: > 0 } word)
        {
            words.Add(word);
        }

        return words;
    }
}
