namespace Flama.Packaging;

/// <summary>The container a model came in: a generation of <c>.flm</c>, or none.</summary>
public enum PackageGeneration
{
    /// <summary>No container: the framework's own file.</summary>
    Bare,

    /// <summary>Flama 1.0: one zlib stream of one JSON document.</summary>
    G0,

    /// <summary>Flama 1.1 to 1.11: a compressed tar archive.</summary>
    G1,

    /// <summary>Flama 1.12, and 2.x on demand: binary header, protocol 1.</summary>
    Protocol1,

    /// <summary>Flama 2.x: binary header, protocol 2.</summary>
    Protocol2,
}
