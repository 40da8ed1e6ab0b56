namespace Flama.Onnx.Interop;

/// <summary>The kinds of failure that ONNX Runtime tells, with its numbers.</summary>
internal enum OrtError
{
    Fail = 1,
    InvalidArgument = 2,
    NoSuchFile = 3,
    NoModel = 4,
    EngineError = 5,
    RuntimeException = 6,
    InvalidProtobuf = 7,
    ModelLoaded = 8,
    NotImplemented = 9,
    InvalidGraph = 10,
    ExecutionProviderFail = 11,
}
