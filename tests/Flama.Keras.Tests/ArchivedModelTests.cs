using System.Formats.Tar;
using System.IO.Compression;
using Flama.Keras.Tests.Golden;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Keras.Tests;

/// <summary>SavedModels in archives, bare and in packages as the original wrote them, answer as their directories do.</summary>
public sealed class ArchivedModelTests
{
    private const string Case = "m_mlp_iris__k2-export";

    [Theory]
    [InlineData("zip", "")]
    [InlineData("zip", "model/")]
    [InlineData("tar", "")]
    [InlineData("tar", "./model/")]
    [InlineData("tar.gz", "model/")]
    public void Archive_OfASavedModel_AnswersAsItsCase(string kind, string root)
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", "savedmodel.zip"));
        var golden = cases.Read(Case);

        using var bare = ModelPackage.Open(Pack(kind, root, cases.ReadFiles(golden)), $"model.{kind}");
        var failure = GoldenRun.Compare(bare, golden);

        Assert.Null(failure);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tar")]
    public void Package_WithAnArchiveOfASavedModel_AnswersAsItsCase(string kind)
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", "savedmodel.zip"));
        var golden = cases.Read(Case);
        using MemoryStream stream = new();
        ModelPackage.Save(stream, new PackageContent { Payload = Pack(kind, "", cases.ReadFiles(golden)), Framework = "tensorflow", FrameworkVersion = "2.15.1", ModelClass = "Sequential" });

        using var package = ModelPackage.Open(stream.ToArray(), "model.flm");
        var failure = GoldenRun.Compare(package, golden);

        Assert.Null(failure);
    }

    [Fact]
    public void Archive_ThatIsCutOff_IsATypedFailure()
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", "savedmodel.zip"));
        var tar = Pack("tar", "", cases.ReadFiles(cases.Read(Case)));

        var failure = Assert.Throws<FlamaException>(() =>
        {
            using var package = ModelPackage.Open(tar.AsMemory(0, tar.Length / 2), "model.tar");
            package.ReadModel();
        });

        Assert.Equal(ErrorCodes.Truncated, failure.Code);
    }

    [Fact]
    public void Directory_AroundASavedModel_AnswersAsItsCase()
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", "savedmodel.zip"));
        var golden = cases.Read(Case);
        using TemporaryDirectory directory = new();
        foreach (var (name, content) in cases.ReadFiles(golden))
        {
            var path = Path.Combine(directory.Root, "export", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        using var package = ModelPackage.Open(directory.Root);
        var failure = GoldenRun.Compare(package, golden);

        Assert.Null(failure);
    }

    private static byte[] Pack(string kind, string root, Dictionary<string, byte[]> files)
    {
        using MemoryStream stream = new();
        if (kind == "zip")
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(root + name).Open();
                entry.Write(content);
            }
        }
        else
        {
            using (Stream target = kind == "tar" ? new BufferedStream(stream) : new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            using (TarWriter tar = new(target, leaveOpen: true))
            {
                foreach (var (name, content) in files)
                {
                    tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, root + name) { DataStream = new MemoryStream(content) });
                }
            }
        }

        return stream.ToArray();
    }
}
