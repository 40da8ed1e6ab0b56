using System.IO.Compression;
using System.Text;
using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

public sealed class BareFileTests
{
    public static TheoryData<string, byte[], ModelFormat> Files() => new()
    {
        { "pickle 4", [0x80, 4, (byte)'N', (byte)'.'], ModelFormats.Pickle },
        { "pickle of a protocol to come", [0x80, 9, (byte)'N', (byte)'.'], ModelFormats.Pickle },
        { "pickle of no protocol there can be", [0x80, 99, (byte)'N', (byte)'.'], ModelFormats.Pickle },
        { "pickle 0", "ccopy_reg\n_reconstructor\np0\n."u8.ToArray(), ModelFormats.Pickle },
        { "pickle 0, old class", "(isklearn.tree\nTree\np0\n."u8.ToArray(), ModelFormats.Pickle },
        { "pickle 0, dict", "(dp0\n."u8.ToArray(), ModelFormats.Pickle },
        { "pickle 1, dict", "}q\0."u8.ToArray(), ModelFormats.Pickle },
        { "LightGBM", "tree\nversion=v4\n"u8.ToArray(), ModelFormats.LightGbmText },
        { "XGBoost JSON", """{"learner":{"attributes":{}}}"""u8.ToArray(), ModelFormats.XGBoostJson },
        { "XGBoost JSON, spaced", " {\n \"version\": [1,7,4]}"u8.ToArray(), ModelFormats.XGBoostJson },
        { "XGBoost UBJSON", [(byte)'{', (byte)'L', 0, 0, 0, 0, 0, 0, 0, 7, .. "learner{"u8], ModelFormats.XGBoostUbjson },
        { "XGBoost UBJSON, short length", [(byte)'{', (byte)'i', 7, .. "learner{"u8], ModelFormats.XGBoostUbjson },
        { "XGBoost binary", "binf\0\0\0\0"u8.ToArray(), ModelFormats.XGBoostBinary },
        { "ONNX", [0x08, 8, 0x12, 2, (byte)'p', (byte)'t', 0x3A, 3, 1, 2, 3, 0x42, 2, 0x10, 13], ModelFormats.Onnx },
        { "ONNX, graph first", [0x3A, 0x81, 0x01, .. new byte[129], 0x08, 8], ModelFormats.Onnx },
        { "Keras", Zip("metadata.json", "config.json", "model.weights.h5"), ModelFormats.Keras },
        { "torch.save", Zip("m/data.pkl", "m/data/0", "m/version"), ModelFormats.TorchPickle },
        { "torch.jit.save", Zip("m/data.pkl", "m/code/__torch__.py", "m/constants.pkl"), ModelFormats.TorchScript },
        { "torch.export.save", Zip("version", "serialized_exported_program.json"), ModelFormats.TorchExport },
        { "torch.export.save, newer", Zip("m/archive_format", "m/models/model.json"), ModelFormats.TorchExport },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Open_BareFile_TellsItByContent(string what, byte[] bytes, ModelFormat expected)
    {
        using var package = Opening.Open(bytes);

        var source = package.ReadModel();

        Assert.True(expected == package.Format.Content, what);
        Assert.Equal(PackageGeneration.Bare, package.Format.Generation);
        Assert.Null(package.Format.Compression);
        Assert.Null(package.Metadata);
        Assert.Empty(package.Artifacts);
        Assert.Equal(new ModelSource("m.flm", expected, source.Payload), source with { SideFiles = [] });
        Assert.Equal(bytes, source.Payload.ReadAll().ToArray());
    }

    [Theory]
    [InlineData("zlib")]
    [InlineData("gzip")]
    [InlineData("bz2")]
    public void Open_CompressedPickle_TellsTheCodecAndGivesTheFileAsItIs(string codec)
    {
        var compressed = new MemoryStream();
        using (var stream = Flama.Compression.CodecTable.Find(codec)!.OpenWrite(compressed))
        {
            stream.Write([0x80, 4, (byte)'N', (byte)'.']);
        }

        using var package = Opening.Open(compressed.ToArray());

        Assert.Equal(ModelFormats.Joblib, package.Format.Content);
        Assert.Equal(codec, package.Format.Compression);
        Assert.Equal(compressed.ToArray(), package.ReadModel().Payload.ReadAll().ToArray());
    }

    public static TheoryData<string, byte[]> Others() => new()
    {
        { "zip of documents", Zip("readme.txt", "config.json") },
        { "zip of arrays", Zip("arr_0.npy") },
        { "empty zip entry name", Zip("a/") },
        { "protobuf without a graph", [0x08, 8, 0x12, 2, (byte)'p', (byte)'t'] },
        { "protobuf with a foreign field", [0x08, 8, 0x3A, 1, 0, 0x7A, 1, 0] },
        { "protobuf with a foreign type", [0x0A, 1, 0, 0x3A, 1, 0] },
        { "protobuf cut", [0x08, 8, 0x3A, 5, 0] },
        { "endless varint", [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
        { "JSON array", "[1, 2]"u8.ToArray() },
        { "JSON with another key", """{"learners": 1}"""u8.ToArray() },
        { "UBJSON with another key", [(byte)'{', (byte)'i', 3, .. "abc{"u8] },
        { "UBJSON with a long key", [(byte)'{', (byte)'l', 1, 0, 0, 7, .. "learner{"u8] },
        { "brace", "{"u8.ToArray() },
        { "class path without a stop", "cos\nsystem\n"u8.ToArray() },
        { "text with a stop", "cat is\nnot a path.\n."u8.ToArray() },
        { "one byte of a pickle", [0x80] },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void Open_OtherFile_IsNoModel(string what, byte[] bytes)
    {
        var exception = Assert.Throws<FlamaException>(() => Opening.Open(bytes));

        Assert.True(ErrorCodes.NotAModel == exception.Code, $"{what}: {exception.Message}");
        Assert.Contains("ONNX", exception.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_TorchPayloadOfAPackage_TellsTorchScriptFromExport()
    {
        Assert.Equal(ModelFormats.TorchScript, ContentOf("flm/torch_mlp__g1-v1.6.0__gz__torch1.13.0a0.flm"));
        Assert.Equal(ModelFormats.TorchScript, ContentOf("flm/torch_seq__g2-v1.12.4-p1__zstd__torch2.6.0_debian.flm"));
        Assert.Equal(ModelFormats.TorchExport, ContentOf("flm/torch_mlp__g3-v2.1.0-p2__zstd__torch2.6.0_debian.flm"));
    }

    [Fact]
    public void Open_Zip64Directory_IsFound()
    {
        var bytes = WithZip64End(Zip("m/data.pkl", "m/constants.pkl"));

        using var package = Opening.Open(bytes);

        Assert.Equal(ModelFormats.TorchScript, package.Format.Content);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(12)]
    public void Open_ZipDirectoryOutsideOfTheFile_IsDamaged(int field)
    {
        var bytes = Zip("m/data.pkl");
        bytes.AsSpan(bytes.Length - 22 + field, 4).Fill(0xFE);

        var exception = Assert.Throws<FlamaException>(() => Opening.Open(bytes));

        Assert.Equal("'m.flm' is damaged: it is a zip archive whose directory lies outside of the file.", exception.Message);
    }

    private static ModelFormat? ContentOf(string fixture)
    {
        using var package = ModelPackage.Open(Fixtures.PathOf(fixture));
        using var bare = Opening.Open(package.ReadModel().Payload.ReadAll().ToArray());
        return bare.Format.Content;
    }

    private static byte[] Zip(params string[] names)
    {
        var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(name));
            }
        }

        return output.ToArray();
    }

    // Moves the directory's place into a 64-bit record, as archives over 4 GiB have it.
    private static byte[] WithZip64End(byte[] zip)
    {
        var end = zip.AsSpan(^22..).ToArray();
        var body = zip[..^22];
        var record = new byte[56];
        "PK\u0006\u0006"u8.CopyTo(record);
        end.AsSpan(12, 4).CopyTo(record.AsSpan(40));
        end.AsSpan(16, 4).CopyTo(record.AsSpan(48));
        var locator = new byte[20];
        "PK\u0006\u0007"u8.CopyTo(locator);
        BitConverter.TryWriteBytes(locator.AsSpan(8), (long)body.Length);
        end.AsSpan(12, 8).Fill(0xFF);
        return [.. body, .. record, .. locator, .. end];
    }
}
