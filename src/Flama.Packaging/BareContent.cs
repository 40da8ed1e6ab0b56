namespace Flama.Packaging;

/// <summary>What a model file without a container is, by its first bytes or its directory.</summary>
public enum BareContent
{
    /// <summary>A Python pickle or a joblib file, compressed or not.</summary>
    Pickle,

    /// <summary>A zip archive of <c>torch.save</c>.</summary>
    TorchPickle,

    /// <summary>A zip archive of <c>torch.jit.save</c>.</summary>
    TorchScript,

    /// <summary>A zip archive of <c>torch.export.save</c> (<c>.pt2</c>).</summary>
    TorchExport,

    /// <summary>A zip archive of Keras 3 (<c>.keras</c>).</summary>
    Keras,

    /// <summary>An ONNX graph (protobuf).</summary>
    Onnx,

    /// <summary>An XGBoost model in JSON.</summary>
    XGBoostJson,

    /// <summary>An XGBoost model in UBJSON.</summary>
    XGBoostUbjson,

    /// <summary>An XGBoost model in the old binary form.</summary>
    XGBoostBinary,

    /// <summary>A LightGBM model in text.</summary>
    LightGbm,
}
