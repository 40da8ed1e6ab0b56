namespace Flama.Pickle;

/// <summary>Why a pickle was refused; the values of <see cref="PickleException.Code"/>.</summary>
public static class PickleErrorCode
{
    /// <summary>The file names a class or function that is not on the list.</summary>
    public const string DisallowedGlobal = "disallowed_global";

    /// <summary>The file calls something that is on the list, in a way that no honest writer does.</summary>
    public const string DisallowedCall = "disallowed_call";

    /// <summary>The file needs something from outside itself: persistent ids, extension codes, out-of-band buffers.</summary>
    public const string UnsupportedOpcode = "unsupported_opcode";

    /// <summary>The file states a pickle protocol above 5.</summary>
    public const string UnsupportedProtocol = "unsupported_protocol";

    /// <summary>The file asks for more than <see cref="PickleLimits"/> allows.</summary>
    public const string LimitExceeded = "limit_exceeded";

    /// <summary>The file ends too early.</summary>
    public const string Truncated = "truncated";

    /// <summary>The file contradicts itself or its format.</summary>
    public const string Corrupt = "corrupt";

    /// <summary>The file is something else: text, HTML, a zip archive.</summary>
    public const string NotAPickle = "not_a_pickle";
}
