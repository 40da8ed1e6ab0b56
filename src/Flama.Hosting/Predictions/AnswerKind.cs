namespace Flama.Hosting.Predictions;

/// <summary>How the answers of a method are counted.</summary>
internal enum AnswerKind
{
    /// <summary>Not at all: tensors, several values per row.</summary>
    None,

    /// <summary>By class.</summary>
    Classes,

    /// <summary>By where the number lies.</summary>
    Numbers,
}
