namespace Flama.Packaging.Tests.Raw;

/// <summary>Opens bytes as a file of the name <c>m.flm</c>.</summary>
internal static class Opening
{
    public static ModelPackage Open(byte[] bytes, PackageLimits? limits = null) => ModelPackage.Open(new MemoryStream(bytes), "m.flm", limits);

    /// <summary>Everything a file can be asked for.</summary>
    public static void ReadAll(byte[] bytes, PackageLimits? limits = null)
    {
        using var package = Open(bytes, limits);
        package.ReadModel();
        foreach (var artifact in package.Artifacts)
        {
            using var content = artifact.OpenRead();
            content.CopyTo(Stream.Null);
        }
    }

    public static byte[] Content(Artifact artifact)
    {
        var content = new MemoryStream();
        using var stream = artifact.OpenRead();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
