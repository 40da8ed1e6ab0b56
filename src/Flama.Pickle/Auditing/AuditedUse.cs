namespace Flama.Pickle;

/// <summary>What becomes of a class or function that a pickle names. None is ever run.</summary>
public enum AuditedUse
{
    /// <summary>A class whose instances are kept as data.</summary>
    Data,

    /// <summary>A call whose value is built here, its arguments checked: an array, a dtype, a number.</summary>
    Built,

    /// <summary>A function or class that is only named, and never called.</summary>
    Named,

    /// <summary>It is not on the list, or it is used as no honest writer does: a file with it is not loaded.</summary>
    Refused,
}
