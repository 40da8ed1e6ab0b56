namespace Flama;

/// <summary>What the cells of a <see cref="PredictionBatch"/> are.</summary>
public enum PredictionKind
{
    /// <summary>float64.</summary>
    Float,

    /// <summary>Whole numbers, exact up to 2^53.</summary>
    Integer,

    /// <summary>Whole numbers of 64 bits, all exact, read from <see cref="PredictionBatch.Integers"/>.</summary>
    Int64,

    /// <summary>0 or 1, written as false or true.</summary>
    Boolean,

    /// <summary>Positions in <see cref="PredictionBatch.Labels"/>, written as the label.</summary>
    Label,

    /// <summary>Strings where <see cref="PredictionBatch.Texts"/> has one, float64 elsewhere.</summary>
    Mixed,
}
