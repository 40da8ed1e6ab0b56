using Flama.Packaging.Reading;
using Flama.Packaging.Zip;

namespace Flama.Packaging.Bare;

/// <summary>Tells zip archives by the names in their directory.</summary>
internal static class ZipProbe
{
    /// <summary>Tells what the archive is.</summary>
    /// <exception cref="FlamaException">The archive has no directory: it ends too early.</exception>
    public static ModelFormat Recognize(PackageFile file)
    {
        var entries = ZipDirectory.Read(file);
        var format = TreeProbe.Recognize(entries.Select(entry => entry.Name)) ?? ModelFormats.Zip;
        if (format == ModelFormats.TorchPickle)
        {
            var pickle = entries.Find(entry => TreeProbe.BelowRoot(entry.Name) is "data.pkl");
            return TorchProbe.Describe(format, ZipDirectory.ReadStart(file, pickle, new byte[TorchProbe.PickleStart]));
        }

        return format == ModelFormats.Zip ? TreeProbe.WithModel(format, entries.Select(entry => entry.Name)) : format;
    }
}
