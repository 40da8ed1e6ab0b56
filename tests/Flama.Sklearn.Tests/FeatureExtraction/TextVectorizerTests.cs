using Flama.Pickle;

namespace Flama.Sklearn.Tests.FeatureExtraction;

public sealed class TextVectorizerTests
{
    private const string Module = "sklearn.feature_extraction.text";

    [Fact]
    public void TransformSparse_Texts_CountsKnownTermsOnly()
    {
        var vectorizer = Pickled.Build(Count(("fox", 1), ("dog", 0), ("quick fox", 2)));
        using var texts = Texts("The FOX, the dog and the quick fox", "nothing known", "");

        using var counted = vectorizer.TransformSparse(texts);

        Assert.Equal((3, 3), (counted.Rows, counted.Columns));
        Assert.Equal([1, 0], counted.Sparse!.ColumnsOf(0).ToArray());
        Assert.Equal([2.0, 1.0], counted.Sparse.ValuesOf(0).ToArray());
        Assert.Equal(2, counted.Sparse.Count);
    }

    [Fact]
    public void Run_StopWordsAndPairs_LeavesStopWordsOutBeforeWordsAreJoined()
    {
        var vectorizer = Pickled.Build(Count(
            [("ngram_range", new PickleTuple([1L, 2L])), ("stop_words", "english")], ("quick", 0), ("quick fox", 1), ("the", 2), ("the quick", 3)));
        using var texts = Texts("quick the fox, the quick fox");

        Assert.Equal([2, 2, 0, 0], vectorizer.Run(Method.Transform, texts));
    }

    [Fact]
    public void Run_CharactersWithinWords_CountsShortWordsOnce()
    {
        var vectorizer = Pickled.Build(Count(
            [("analyzer", "char_wb"), ("ngram_range", new PickleTuple([3L, 6L]))], (" a ", 0), (" ab", 1), ("ab ", 2), (" ab ", 3), ("a b", 4)));
        using var texts = Texts("a\tab");

        Assert.Equal([1, 1, 1, 1, 0], vectorizer.Run(Method.Transform, texts));
    }

    [Fact]
    public void Run_NoText_IsRefused()
    {
        var vectorizer = Pickled.Build(Count(("fox", 0)));
        using var numbers = Rows.Of([1.5]);

        var exception = Assert.Throws<FlamaException>(() => vectorizer.Run(Method.Transform, numbers));

        Assert.Equal(ErrorCodes.InvalidInput, exception.Code);
        Assert.Equal("Row 0, feature 0: CountVectorizer needs a text and found 1.5.", exception.Problems[0].Message);
    }

    [Fact]
    public void Run_PatternThatTakesTooLong_IsTooLargeAnInput()
    {
        var vectorizer = Pickled.Build(Count([("token_pattern", "(a+)+$")], ("a", 0)));
        using var texts = Texts("short", new string('a', 100) + "!");

        var exception = Assert.Throws<FlamaException>(() => vectorizer.Run(Method.Transform, texts));

        Assert.Equal(ErrorCodes.InputTooLarge, exception.Code);
        Assert.StartsWith("Row 1: the text cannot be cut into words", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TfidfOfBothFormats_WeighsTheSame()
    {
        var now = Pickled.Build(Tfidf(("idf_", Pickled.Vector(1, 3))));
        var before = Pickled.Build(Tfidf(("_idf_diag", Diagonal(1, 3))));
        using var texts = Texts("aa bb bb", "aa");

        var expected = now.Run(Method.Transform, texts);

        Assert.Equal([1 / Math.Sqrt(37), 6 / Math.Sqrt(37), 1, 0], expected);
        Assert.Equal(expected, before.Run(Method.Transform, texts));
    }

    [Theory]
    [InlineData("input", "filename")]
    [InlineData("input", "file")]
    public void Build_TextsFromFiles_IsRefused(string parameter, string value)
    {
        var exception = Assert.Throws<FlamaException>(() => Pickled.Build(Count([(parameter, value)], ("a", 0))));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, exception.Code);
    }

    [Theory]
    [InlineData("tokenizer")]
    [InlineData("preprocessor")]
    [InlineData("analyzer")]
    [InlineData("strip_accents")]
    public void Build_FunctionOfTheUser_IsRefused(string parameter)
    {
        var function = new PickleSymbol(new GlobalName("app", "function"));

        var exception = Assert.Throws<FlamaException>(() => Pickled.Build(Count([(parameter, function)], ("a", 0))));

        Assert.Equal(ErrorCodes.UnsupportedEstimator, exception.Code);
    }

    [Theory]
    [InlineData(1_000_000_000_000L)]
    [InlineData(-1L)]
    [InlineData(2L)]
    public void Build_VocabularyOutOfRange_IsNoSoundModel(long column)
    {
        var exception = Assert.Throws<FlamaException>(() => Pickled.Build(Count(("a", 0), ("b", column))));

        Assert.Equal(ErrorCodes.InvalidModel, exception.Code);
    }

    [Fact]
    public void Run_HashesInAMillionColumns_GivesFewStoredValues()
    {
        var vectorizer = Pickled.Build(Pickled.Estimator(Module, "HashingVectorizer", ("n_features", 1L << 20), ("norm", null), ("alternate_sign", true)));
        using var texts = Texts("foo ab ab");

        using var hashed = vectorizer.TransformSparse(texts);

        // Python: murmurhash3_32("foo") is −156908512, of "ab" −1681926305.
        Assert.Equal([156908512 % (1 << 20), 1681926305 % (1 << 20)], hashed.Sparse!.ColumnsOf(0).ToArray());
        Assert.Equal([-1.0, -2.0], hashed.Sparse.ValuesOf(0).ToArray());
    }

    private static FeatureBatch Texts(params string[] texts)
    {
        var batch = FeatureBatch.Rent(texts.Length, 1, withTexts: true);
        for (var row = 0; row < texts.Length; row++)
        {
            batch.SetText(row, 0, texts[row]);
        }

        return batch;
    }

    private static PickleObject Count(params (string Term, long Column)[] vocabulary) => Count([], vocabulary);

    private static PickleObject Count((string Name, object? Value)[] parameters, params (string Term, long Column)[] vocabulary) =>
        Pickled.Estimator(Module, "CountVectorizer", [.. parameters, ("vocabulary_", VocabularyOf(vocabulary))]);

    private static PickleObject Tfidf((string Name, object? Value) idf) => Pickled.Estimator(
        Module,
        "TfidfVectorizer",
        ("vocabulary_", VocabularyOf([("aa", 0), ("bb", 1)])),
        ("_tfidf", Pickled.Estimator(Module, "TfidfTransformer", ("norm", "l2"), ("use_idf", true), idf)));

    private static PickleDict VocabularyOf((string Term, long Column)[] terms)
    {
        var vocabulary = new PickleDict();
        foreach (var (term, column) in terms)
        {
            vocabulary.Set(term, column);
        }

        return vocabulary;
    }

    private static PickleObject Diagonal(params double[] values)
    {
        var count = values.Length;
        var state = new PickleDict();
        state.Set("_shape", new PickleTuple([(long)count, (long)count]));
        state.Set("data", Pickled.Vector(values));
        state.Set("indices", Pickled.Integers([.. Enumerable.Range(0, count).Select(i => (long)i)]));
        state.Set("indptr", Pickled.Integers([.. Enumerable.Range(0, count + 1).Select(i => (long)i)]));
        return new PickleObject(new GlobalName("scipy.sparse._csr", "csr_matrix"), new PickleTuple([])) { State = state };
    }
}
