namespace Flama.Boosters.CatBoost.Reading;

/// <summary>The numbers of the fields in the tables of CatBoost's binary form.</summary>
internal static class CbmFields
{
    // The model.
    public const int CoreFormat = 0;
    public const int CoreTrees = 1;
    public const int CoreInfo = 2;
    public const int CoreParts = 3;

    // The trees.
    public const int Width = 0;
    public const int Splits = 1;
    public const int Sizes = 2;
    public const int Starts = 3;
    public const int CategoryFeatures = 4;
    public const int FloatFeatures = 5;
    public const int OneHotFeatures = 6;
    public const int CtrFeatures = 7;
    public const int LeafValues = 8;
    public const int Steps = 10;
    public const int LeafOfNode = 11;
    public const int TextFeatures = 12;
    public const int EstimatedFeatures = 13;
    public const int Scale = 14;
    public const int Bias = 15;
    public const int MultiBias = 16;
    public const int EmbeddingFeatures = 18;

    // A feature of categories, of texts or of embeddings.
    public const int Index = 0;
    public const int Column = 1;
    public const int Name = 2;
    public const int IsUsed = 3;

    // A feature of numbers.
    public const int FloatIndex = 1;
    public const int FloatColumn = 2;
    public const int FloatBorders = 3;
    public const int FloatName = 4;
    public const int FloatMissing = 5;

    // What is looked up, by a feature and in a table.
    public const int BaseProjection = 0;
    public const int BaseType = 1;
    public const int BaseClassifier = 2;
    public const int TableRows = 1;
    public const int TableValues = 2;
    public const int TableTotal = 3;
    public const int TableClasses = 4;
}
