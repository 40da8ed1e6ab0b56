using Flama.Compression;
using Flama.Packaging.Sources;
using Flama.Packaging.Tar;

namespace Flama.Packaging.Writing;

/// <summary>Writes the tar archives of Flama 1.1 to 1.11: artifacts first, <c>model</c> last.</summary>
/// <remarks>A tar header holds its entry's size: each entry is complete in a temporary file before it goes into the archive.</remarks>
internal static class TarPackageWriter
{
    public static void Write(FileStream output, PackagePlan plan)
    {
        using var archive = plan.Archive!.OpenWrite(output);
        var tar = new TarWriter(archive, plan.Timestamp.UnixSeconds);
        foreach (var (path, file) in plan.Content.Artifacts.SelectMany(artifact => artifact.Files))
        {
            WriteEntry(tar, $"artifacts/{path}", file.CopyTo);
        }

        WriteEntry(tar, "model", stream => WriteDocument(stream, plan));
        tar.Finish();
    }

    private static void WriteEntry(TarWriter tar, string name, Action<Stream> write)
    {
        using var spool = SpoolFile.Create();
        write(spool);
        spool.Position = 0;
        tar.WriteFile(name, spool.Length, spool.CopyTo);
    }

    // {"model": "base64 text", "meta": {…}}
    private static void WriteDocument(Stream output, PackagePlan plan)
    {
        using var text = CodecTable.Find("zlib")!.OpenWrite(output);
        text.Write("{\"model\": \""u8);
        MimeBase64.Write(plan.Content.Payload.Span, text, "\\n"u8);
        text.Write("\", \"meta\": "u8);
        var json = new PythonJsonWriter(PythonJsonStyle.SpacedAscii);
        MetadataWriter.WriteVersion1(json, plan.Content, plan.Timestamp.Text);
        text.Write(json.Written.Span);
        text.Write("}"u8);
    }
}
