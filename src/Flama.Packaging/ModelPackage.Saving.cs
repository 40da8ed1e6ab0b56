using Flama.Packaging.Sources;
using Flama.Packaging.Writing;

namespace Flama.Packaging;

/// <content>The counterpart of <c>flama.dump</c>.</content>
public sealed partial class ModelPackage
{
    /// <summary>Writes a package to a file.</summary>
    /// <param name="path">
    /// The file. It appears, or is replaced, only when all of it is written; a failure leaves what was there before.
    /// </param>
    /// <param name="content">What goes in. The same content, options and times give the same bytes.</param>
    /// <param name="options">How; null for <see cref="PackageSaveOptions.Default"/>.</param>
    /// <exception cref="FlamaException">
    /// The content or the options make no package (<see cref="ErrorCodes.InvalidOption"/>), an artifact's name is unsafe or its content
    /// cannot be read, or the file cannot be written (<see cref="ErrorCodes.FileUnwritable"/>).
    /// </exception>
    public static void Save(string path, PackageContent content, PackageSaveOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(content);
        var plan = PackagePlan.Create(content, options ?? PackageSaveOptions.Default);
        AtomicFile.Write(path, file => PackageWriter.Write(file, plan));
    }

    /// <summary>Writes a package to a stream, which stays open and need not seek.</summary>
    /// <remarks>The package is built in a temporary file first: when that fails, nothing was written to the stream.</remarks>
    /// <param name="stream">Takes the package where it stands.</param>
    /// <param name="content">What goes in. The same content, options and times give the same bytes.</param>
    /// <param name="options">How; null for <see cref="PackageSaveOptions.Default"/>.</param>
    /// <exception cref="FlamaException">As for a file; what the stream itself throws passes as it is.</exception>
    public static void Save(Stream stream, PackageContent content, PackageSaveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(content);
        var plan = PackagePlan.Create(content, options ?? PackageSaveOptions.Default);
        using var spool = SpoolFile.Create();
        PackageWriter.Write(spool, plan);
        spool.Position = 0;
        spool.CopyTo(stream);
    }
}
