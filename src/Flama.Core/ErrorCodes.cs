namespace Flama;

/// <summary>Every <see cref="ErrorCode"/> there is.</summary>
public static class ErrorCodes
{
    /// <summary>The input is not JSON.</summary>
    public static readonly ErrorCode MalformedJson = new("malformed_json", 400, 1);

    /// <summary>The input is JSON, but not rows that this model takes.</summary>
    public static readonly ErrorCode InvalidInput = new("invalid_input", 400, 1);

    /// <summary>The input is larger than the configured limit.</summary>
    public static readonly ErrorCode InputTooLarge = new("input_too_large", 413, 1);

    /// <summary>The request's media type is not JSON.</summary>
    public static readonly ErrorCode UnsupportedMediaType = new("unsupported_media_type", 415, 1);

    /// <summary>Other requests, or other models, hold the memory that this one needs; later it may be there.</summary>
    public static readonly ErrorCode Overloaded = new("overloaded", 503, 1);

    /// <summary>The request took longer than it may.</summary>
    public static readonly ErrorCode TimedOut = new("timed_out", 504, 1);

    /// <summary>The model has no method of that name.</summary>
    public static readonly ErrorCode MethodNotAvailable = new("method_not_available", 404, 2);

    /// <summary>There is no model, version or label of that name.</summary>
    public static readonly ErrorCode ModelNotFound = new("model_not_found", 404, 2);

    /// <summary>The model is there and cannot be loaded; the server's log says why.</summary>
    public static readonly ErrorCode ModelUnavailable = new("model_unavailable", 503, 1);

    /// <summary>A file named by the user does not exist.</summary>
    public static readonly ErrorCode FileNotFound = new("file_not_found", 500, 2);

    /// <summary>A file exists and cannot be read: a directory, or no permission.</summary>
    public static readonly ErrorCode FileUnreadable = new("file_unreadable", 500, 1);

    /// <summary>A file cannot be written.</summary>
    public static readonly ErrorCode FileUnwritable = new("file_unwritable", 500, 1);

    /// <summary>A file elsewhere cannot be had: its server does not answer, does not have it, or must not be asked.</summary>
    public static readonly ErrorCode SourceUnavailable = new("source_unavailable", 500, 1);

    /// <summary>A file elsewhere does not have the digest that was asked for.</summary>
    public static readonly ErrorCode ChecksumMismatch = new("checksum_mismatch", 500, 1);

    /// <summary>The file is of no known model format.</summary>
    public static readonly ErrorCode NotAModel = new("not_a_model", 500, 1);

    /// <summary>The file ends too early.</summary>
    public static readonly ErrorCode Truncated = new("truncated", 500, 1);

    /// <summary>The file contradicts its own format.</summary>
    public static readonly ErrorCode Corrupt = new("corrupt", 500, 1);

    /// <summary>The file would need more memory, depth or objects than a limit allows.</summary>
    public static readonly ErrorCode LimitExceeded = new("limit_exceeded", 500, 1);

    /// <summary>The file uses a format, version or option that is known and not supported.</summary>
    public static readonly ErrorCode UnsupportedFormat = new("unsupported_format", 500, 1);

    /// <summary>The file uses a compression codec that is unknown.</summary>
    public static readonly ErrorCode UnknownCodec = new("unknown_codec", 500, 1);

    /// <summary>The file is what a known bug of an original writer leaves behind.</summary>
    public static readonly ErrorCode KnownWriterBug = new("known_writer_bug", 500, 1);

    /// <summary>An artifact's name is not a plain file name.</summary>
    public static readonly ErrorCode UnsafeArtifactName = new("unsafe_artifact_name", 500, 1);

    /// <summary>The package has no artifact of that name.</summary>
    public static readonly ErrorCode ArtifactNotFound = new("artifact_not_found", 500, 1);

    /// <summary>The bytes are not a pickle.</summary>
    public static readonly ErrorCode NotAPickle = new("not_a_pickle", 500, 1);

    /// <summary>The pickle names a class or function that is not on the list.</summary>
    public static readonly ErrorCode DisallowedGlobal = new("disallowed_global", 500, 1);

    /// <summary>The pickle calls something with arguments that are not allowed.</summary>
    public static readonly ErrorCode DisallowedCall = new("disallowed_call", 500, 1);

    /// <summary>The pickle uses an opcode that a model never needs.</summary>
    public static readonly ErrorCode UnsupportedOpcode = new("unsupported_opcode", 500, 1);

    /// <summary>The pickle is of a protocol newer than any known one.</summary>
    public static readonly ErrorCode UnsupportedProtocol = new("unsupported_protocol", 500, 1);

    /// <summary>The file is well-formed, but the model in it contradicts itself.</summary>
    public static readonly ErrorCode InvalidModel = new("invalid_model", 500, 1);

    /// <summary>A new version of a model was loaded and does not answer its stored cases as they say, or does not answer at all.</summary>
    public static readonly ErrorCode ExamFailed = new("exam_failed", 500, 1);

    /// <summary>The schema of a model's rows is not one, is for another model, or has rules that are not checked.</summary>
    public static readonly ErrorCode InvalidSchema = new("invalid_schema", 500, 1);

    /// <summary>The preparation of images or texts that comes with a model is not one, or is for another model.</summary>
    public static readonly ErrorCode InvalidProcessing = new("invalid_processing", 500, 1);

    /// <summary>The model answered what cannot be right: numbers that are not finite, probabilities that do not sum to 1. Only where answers are checked.</summary>
    public static readonly ErrorCode InvalidAnswer = new("invalid_answer", 500, 1);

    /// <summary>No engine is installed for the model's format.</summary>
    public static readonly ErrorCode UnsupportedFramework = new("unsupported_framework", 500, 1);

    /// <summary>The engine knows the framework and not this estimator, or not this parameter of it.</summary>
    public static readonly ErrorCode UnsupportedEstimator = new("unsupported_estimator", 500, 1);

    /// <summary>The address to listen on is taken or not available.</summary>
    public static readonly ErrorCode AddressUnavailable = new("address_unavailable", 500, 1);

    /// <summary>A collection has no record of that key.</summary>
    public static readonly ErrorCode RecordNotFound = new("record_not_found", 404, 1);

    /// <summary>A record contradicts what is stored: a value that must be one of its kind is there, or what it refers to is not.</summary>
    public static readonly ErrorCode Conflict = new("conflict", 409, 1);

    /// <summary>The record is not, or not any more, the version that the request is meant for.</summary>
    public static readonly ErrorCode PreconditionFailed = new("precondition_failed", 412, 1);

    /// <summary>The request must say which version of the record it is meant for.</summary>
    public static readonly ErrorCode PreconditionRequired = new("precondition_required", 428, 1);

    /// <summary>The database does not answer, or cannot take the request now.</summary>
    public static readonly ErrorCode DatabaseUnavailable = new("database_unavailable", 503, 1);

    /// <summary>Options contradict each other or a value is out of range.</summary>
    public static readonly ErrorCode InvalidOption = new("invalid_option", 500, 2);

    /// <summary>A bug in Flama itself.</summary>
    public static readonly ErrorCode Internal = new("internal", 500, 1);

    /// <summary>All codes, in the order of their declaration.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        MalformedJson, InvalidInput, InputTooLarge, UnsupportedMediaType, Overloaded, TimedOut, MethodNotAvailable, ModelNotFound, ModelUnavailable,
        FileNotFound, FileUnreadable, FileUnwritable, SourceUnavailable, ChecksumMismatch, NotAModel, Truncated, Corrupt, LimitExceeded, UnsupportedFormat,
        UnknownCodec, KnownWriterBug, UnsafeArtifactName, ArtifactNotFound,
        NotAPickle, DisallowedGlobal, DisallowedCall, UnsupportedOpcode, UnsupportedProtocol, InvalidModel, ExamFailed, InvalidSchema, InvalidProcessing, InvalidAnswer,
        UnsupportedFramework, UnsupportedEstimator, AddressUnavailable, RecordNotFound, Conflict, PreconditionFailed, PreconditionRequired, DatabaseUnavailable, InvalidOption, Internal,
    ];
}
