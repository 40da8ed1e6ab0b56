namespace Flama.Sklearn.FeatureExtraction;

/// <summary>The estimators of <c>sklearn.feature_extraction</c>.</summary>
internal static class FeatureExtractionModule
{
    private const string Text = "sklearn.feature_extraction.text";

    public static readonly EstimatorEntry[] Entries =
    [
        new("CountVectorizer", state => new CountVectorizer(state), Text),
        new(
            "DictVectorizer",
            state => new DictVectorizer(state),
            "sklearn.feature_extraction._dict_vectorizer",
            "sklearn.feature_extraction.dict_vectorizer"),
        new("FeatureHasher", state => new FeatureHasher(state), "sklearn.feature_extraction._hash", "sklearn.feature_extraction.hashing"),
        new("HashingVectorizer", state => new HashingVectorizer(state), Text),
        new("TfidfTransformer", state => new TfidfTransformer(state), Text),
        new("TfidfVectorizer", state => new TfidfVectorizer(state), Text),
    ];
}
