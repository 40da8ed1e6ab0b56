namespace Flama.Data.Errors;

/// <summary>Why a database did not do what it was asked.</summary>
internal enum DatabaseFault
{
    /// <summary>For a reason that is nobody's but ours: a bug.</summary>
    Unknown,

    /// <summary>A value that must be one of its kind is there already.</summary>
    Unique,

    /// <summary>What a record refers to is not there, or something refers to it.</summary>
    ForeignKey,

    /// <summary>A column wants a value.</summary>
    NotNull,

    /// <summary>A rule of the table is broken.</summary>
    Check,

    /// <summary>A column does not take the value.</summary>
    Data,

    /// <summary>Others changed the same at the same time.</summary>
    Contention,

    /// <summary>It does not answer, or not now.</summary>
    Unavailable,
}
