using System.IO.Compression;
using System.Text;
using Flama.Packaging.Tests.Raw;
using Flama.Tests;

namespace Flama.Packaging.Tests;

public sealed class BareFileTests
{
    private static readonly byte[] Hdf = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

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
        { "XGBoost JSON after a name that is not UTF-8", [.. "{\""u8, 0x8D, .. "\":1,\"learner\":{}}"u8], ModelFormats.XGBoostJson },
        { "XGBoost JSON, spaced", " {\n \"version\": [1,7,4]}"u8.ToArray(), ModelFormats.XGBoostJson },
        { "XGBoost UBJSON", [(byte)'{', (byte)'L', 0, 0, 0, 0, 0, 0, 0, 7, .. "learner{"u8], ModelFormats.XGBoostUbjson },
        { "XGBoost UBJSON, short length", [(byte)'{', (byte)'i', 7, .. "learner{"u8], ModelFormats.XGBoostUbjson },
        { "XGBoost binary", "binf\0\0\0\0"u8.ToArray(), ModelFormats.XGBoostBinary },
        { "ONNX", [0x08, 8, 0x12, 2, (byte)'p', (byte)'t', 0x3A, 3, 1, 2, 3, 0x42, 2, 0x10, 13], ModelFormats.Onnx },
        { "ONNX, graph first", [0x3A, 0x81, 0x01, .. new byte[129], 0x08, 8], ModelFormats.Onnx },
        { "Keras", Zip("metadata.json", "config.json", "model.weights.h5"), ModelFormats.Keras },
        { "torch.save before 1.6", [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'], ModelFormats.TorchLegacy },
        { "Keras in HDF5", [.. Hdf, .. "model_config\0"u8], ModelFormats.KerasHdf5 },
        { "Keras in HDF5 behind a user block", [.. new byte[512], .. Hdf, .. "model_config\0"u8], ModelFormats.KerasHdf5 },
        { "Keras weights", [.. Hdf, .. "layer_names\0"u8], ModelFormats.KerasWeights },
        { "another HDF5 file", [.. Hdf, .. "x"u8], ModelFormats.Hdf5 },
        { "CatBoost", "CBM1\0\0\0\0"u8.ToArray(), ModelFormats.CatBoostBinary },
        { "CatBoost JSON", """{"features_info":{},"oblivious_trees":[]}"""u8.ToArray(), ModelFormats.CatBoostJson },
        { "LightGBM dump", """{"name":"tree","tree_info":[]}"""u8.ToArray(), ModelFormats.LightGbmJson },
        { "TensorFlow Lite", "\0\0\0\0TFL3"u8.ToArray(), ModelFormats.TfLite },
        { "safetensors", [16, 0, 0, 0, 0, 0, 0, 0, .. "{\"a\":{}}"u8], ModelFormats.Safetensors },
        { "PMML", "<?xml version=\"1.0\"?><PMML/>"u8.ToArray(), ModelFormats.Pmml },
        { "skops", Zip("schema.json", "0.npy"), ModelFormats.Skops },
        { "SavedModel in a zip", Zip("m/saved_model.pb", "m/variables/variables.index"), ModelFormats.SavedModel },
        { "torch for mobile devices", Zip("m/data.pkl", "m/bytecode.pkl"), ModelFormats.TorchLite },
        { "torch.save", Zip("m/data.pkl", "m/data/0", "m/version"), ModelFormats.TorchPickle },
        { "torch.jit.save", Zip("m/data.pkl", "m/code/__torch__.py", "m/constants.pkl"), ModelFormats.TorchScript },
        { "XGBoost dump", "[{\"nodeid\": 0}]"u8.ToArray(), ModelFormats.XGBoostDump },
        { "XGBoost text dump", "booster[0]:\n0:leaf=1\n"u8.ToArray(), ModelFormats.XGBoostDump },
        { "Keras to_json", """{"class_name":"Sequential","config":{}}"""u8.ToArray(), ModelFormats.KerasConfig },
        { "TensorFlow.js", """{"format":"layers-model","modelTopology":{}}"""u8.ToArray(), ModelFormats.TensorFlowJs },
        { "OpenVINO", "<?xml version=\"1.0\"?>\n<net name=\"m\">"u8.ToArray(), ModelFormats.OpenVino },
        { "MLmodel", "artifact_path: model\nflavors:\n"u8.ToArray(), ModelFormats.Mlflow },
        { "GraphDef", [0x0A, 8, 0x0A, 1, (byte)'x', 0x12, 3, (byte)'A', (byte)'d', (byte)'d', 0x22, 0], ModelFormats.TensorFlowGraph },
        { "SavedModel's file", [0x08, 1, 0x12, 2, 0x0A, 0], ModelFormats.SavedModel },
        { "MetaGraphDef", [0x0A, 2, 0x12, 0, 0x12, 0], ModelFormats.TensorFlowMetaGraph },
        { "Core ML", [0x08, 4, 0x12, 0, 0xA2, 0x25, 0], ModelFormats.CoreML },
        { "checkpoint", "model_checkpoint_path: \"variables\"\n"u8.ToArray(), ModelFormats.TensorFlowCheckpoint },
        { "checkpoint index", [0, 1, .. new byte[40], 0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB], ModelFormats.TensorFlowCheckpoint },
        { "MLflow in a zip", Zip("MLmodel", "model.pkl"), ModelFormats.Mlflow },
        { "PyTorch 1.0", Zip("m/model.json", "m/tensors/0"), ModelFormats.TorchScript10 },
        { "AOTInductor", Zip("m/archive_format", "m/data/aotinductor/model/a.so"), ModelFormats.TorchAot },
        { "joblib before 0.10", "ZF0x15f              x"u8.ToArray(), ModelFormats.Joblib },
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
        Assert.Equal(new ModelSource("m.flm", expected, source.Payload) { FileLength = bytes.Length }, source with { SideFiles = [] });
        // Of an archive of several files the one that is read first is the payload; its content is its name here.
        Assert.Equal(expected == ModelFormats.SavedModel && bytes.AsSpan().StartsWith("PK"u8) ? "m/saved_model.pb"u8.ToArray() : bytes, source.Payload.ReadAll().ToArray());
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

    public static TheoryData<byte[], string, string> Mistakes() => new()
    {
        { "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"u8.ToArray(), "'m.flm' is a Git LFS pointer, not a model.", "git lfs pull" },
        { "{\"cells\": [{\"cell_type\": \"code\"}], \"nbformat\": 4}"u8.ToArray(), "'m.flm' is a Jupyter notebook, not a model.", "joblib.dump" },
        { "<!DOCTYPE html><html></html>"u8.ToArray(), "'m.flm' is a web page, not a model.", "log in" },
        { "PAR1\0\0"u8.ToArray(), "'m.flm' is a Parquet table, not a model.", "This is data" },
        { "[1, 2]"u8.ToArray(), "'m.flm' is a JSON document of no known model library, not a model.", "the library's own save function" },
        { "{\"learners\": 1}"u8.ToArray(), "'m.flm' is a JSON document of no known model library, not a model.", "the library's own save function" },
        { "a,b\n1,2\n"u8.ToArray(), "'m.flm' is a table of text (CSV), not a model.", "Give the model first" },
        { "import pickle\nfrom os import path\n"u8.ToArray(), "'m.flm' is Python source code, not a model.", "joblib.dump" },
        { Zip("xl/workbook.xml"), "'m.flm' is an Excel workbook, not a model.", "as CSV" },
        { Zip("a/readme.txt", "a/model.pkl"), "'m.flm' is a zip archive with 'a/model.pkl' in it, not a model.", "Unpack it and give the path of 'a/model.pkl'." },
        { Compressed("gzip", "a,b\n1,2\n"u8), "'m.flm' is a table of text (CSV), compressed with gzip, not a model.", "Decompress it first" },
        { Compressed("bz2", "tree\nversion=v4\n"u8), "'m.flm' is a LightGBM model, compressed with bz2, not a model.", "Decompress it first" },
        { Zip("readme.txt", "config.json"), "'m.flm' is a zip archive of other files, not a model.", "Unpack it" },
        { Zip("a/"), "'m.flm' is a zip archive of other files, not a model.", "Unpack it" },
        { Zip("arr_0.npy"), "'m.flm' is a NumPy array file (.npy, .npz), not a model.", "Arrays are data" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Open_WhatIsHandedOverByMistake_IsNamedWithTheWayOut(byte[] bytes, string message, string remedy)
    {
        var exception = Assert.Throws<FlamaException>(() => Opening.Open(bytes));

        Assert.Equal(ErrorCodes.NotAModel, exception.Code);
        Assert.Equal(message, exception.Message);
        Assert.Contains(remedy, exception.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("readme.txt", "is a directory in which no model is recognised, not a model file.")]
    [InlineData("model.pkl", "is a directory that holds 'model.pkl', not a model file.")]
    public void Open_DirectoryOfOtherFiles_IsRefusedWithWhatIsInIt(string file, string message)
    {
        using TemporaryDirectory directory = new();
        File.WriteAllBytes(directory.PathOf(file), [1]);

        var exception = Assert.Throws<FlamaException>(() => ModelPackage.Open(directory.Root));

        Assert.Equal(ErrorCodes.FileUnreadable, exception.Code);
        Assert.EndsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("saved_model.pb", "savedmodel")]
    [InlineData("MLmodel", "mlflow")]
    public void Open_ModelDirectory_GivesItsMainFileAndTheOthersBesideIt(string main, string format)
    {
        using TemporaryDirectory directory = new();
        File.WriteAllBytes(directory.PathOf(main), [1, 2]);
        Directory.CreateDirectory(directory.PathOf("variables"));
        File.WriteAllBytes(directory.PathOf("variables/variables.index"), [3]);

        using var package = ModelPackage.Open(directory.Root);
        var source = package.ReadModel();

        Assert.Equal(format, source.Format.Name);
        Assert.Equal([1, 2], source.Payload.ReadAll().ToArray());
        Assert.Equal([3], source.FindSideFile("variables/variables.index")!.Content.ReadAll().ToArray());
        Assert.Single(source.SideFiles);
    }

    [Fact]
    public void ReadModel_BareFile_HasTheTimeOfTheFile_AndAStreamHasNone()
    {
        using TemporaryDirectory directory = new();
        var path = directory.PathOf("m.pkl");
        File.WriteAllBytes(path, [0x80, 4, (byte)'N', (byte)'.']);
        DateTime time = new(2023, 3, 10, 11, 30, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);

        using var file = ModelPackage.Open(path);
        using var stream = Opening.Open(File.ReadAllBytes(path));

        Assert.Equal(new DateTimeOffset(time), file.ReadModel().Timestamp);
        Assert.Null(stream.ReadModel().Timestamp);
    }

    public static TheoryData<string, byte[]> Others() => new()
    {
        { "protobuf without a graph", [0x08, 8, 0x12, 2, (byte)'p', (byte)'t'] },
        { "protobuf with a foreign field", [0x08, 8, 0x3A, 1, 0, 0x7A, 1, 0] },
        { "protobuf with a foreign type", [0x0A, 1, 0, 0x3A, 1, 0] },
        { "protobuf cut", [0x08, 8, 0x3A, 5, 0] },
        { "endless varint", [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] },
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

    private static byte[] Compressed(string codec, ReadOnlySpan<byte> bytes)
    {
        var output = new MemoryStream();
        using (var stream = Flama.Compression.CodecTable.Find(codec)!.OpenWrite(output))
        {
            stream.Write(bytes);
        }

        return output.ToArray();
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
