namespace Flama;

/// <summary>How an audit ended.</summary>
public enum AuditVerdict
{
    /// <summary>Nothing is refused: an engine loads the model, and every name in the file is on its list.</summary>
    Clean,

    /// <summary>The file, or something in it, is refused.</summary>
    Refused,

    /// <summary>The file could not be audited: it is not there, or cannot be read.</summary>
    Error,
}
