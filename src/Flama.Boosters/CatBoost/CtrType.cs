namespace Flama.Boosters.CatBoost;

/// <summary>How the number of a category is made of what training counted; the values are those of the files.</summary>
internal enum CtrType : byte
{
    /// <summary>The share of targets above a border.</summary>
    Borders = 0,

    /// <summary>The share of targets in a bucket.</summary>
    Buckets = 1,

    /// <summary>The mean of the target's bucket.</summary>
    BinarizedTargetMeanValue = 2,

    /// <summary>The mean of the target.</summary>
    FloatTargetMeanValue = 3,

    /// <summary>How often the category was seen.</summary>
    Counter = 4,

    /// <summary>How often the category was seen, as training on a GPU counts.</summary>
    FeatureFreq = 5,
}
