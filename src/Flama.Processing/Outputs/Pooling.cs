namespace Flama.Processing.Outputs;

/// <summary>How the vectors of tokens become one of their text.</summary>
internal enum Pooling
{
    /// <summary>The mean of those that the attention mask has.</summary>
    Mean,

    /// <summary>The first one.</summary>
    Cls,

    /// <summary>The largest of each element, of those that the attention mask has.</summary>
    Max,
}
