using System.Text.Json;
using Flama.Torch.Archives;
using Flama.Torch.Programs;

namespace Flama.Torch.Exported;

/// <summary>An archive of torch.export: a flat graph of operators, its weights and what it takes and gives.</summary>
internal sealed class ExportedProgram
{
    private const int SchemaMajor = 8;
    private const string Weights = "data/weights/";
    private const string Constants = "data/constants/";

    private readonly TorchArchive archive;
    private readonly Dictionary<string, byte[]> storages = new(StringComparer.Ordinal);

    private ExportedProgram(TorchArchive archive) => this.archive = archive;

    /// <summary>The graph's module: <c>graph_module</c> of the file.</summary>
    public JsonElement Module { get; private set; }

    /// <summary>Parameters, buffers and constants by their names.</summary>
    public Dictionary<string, StoredTensor> Tensors { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<ProgramMethod> Methods { get; private set; } = [];

    /// <summary>Reads an archive.</summary>
    /// <exception cref="FlamaException">It is damaged, or of a schema that is not known.</exception>
    public static ExportedProgram Read(TorchArchive archive)
    {
        ExportedProgram program = new(archive);
        program.Read();
        return program;
    }

    private void Read()
    {
        var path = archive.Paths.Where(static path => path.StartsWith("models/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault();
        var isOld = path is null && archive.Has("serialized_exported_program.json");
        var root = Parse(path ?? (isOld ? "serialized_exported_program.json" : throw TorchErrors.Corrupt("it has no 'models/model.json'")));
        var major = root.Field("schema_version").Field("major").Whole();
        if (major != SchemaMajor)
        {
            throw TorchErrors.Version($"version {major} of the schema of exported programs; {SchemaMajor} is known");
        }

        if (isOld)
        {
            ReadSaved("serialized_state_dict.pt");
            ReadSaved("serialized_constants.pt");
        }
        else
        {
            var name = path!["models/".Length..^".json".Length];
            ReadConfigured($"{Weights}{name}_weights_config.json", Weights);
            ReadConfigured($"{Constants}{name}_constants_config.json", Constants);
        }

        Module = root.Field("graph_module");
        Methods = [new ExportedMethod(this, ExportedSignature.Read(Module))];
    }

    private JsonElement Parse(string path)
    {
        using var document = JsonFields.Parse(archive.Read(path));
        return document.RootElement.Clone();
    }

    private void ReadConfigured(string path, string folder)
    {
        if (!archive.Has(path))
        {
            return;
        }

        foreach (var entry in Parse(path).Field("config").Fields())
        {
            var meta = entry.Value.Field("tensor_meta");
            if (meta.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            if (entry.Value.Has("use_pickle", out var pickled) && pickled.ValueKind == JsonValueKind.True)
            {
                throw TorchErrors.Unsupported($"its '{SafeText.OneLine(entry.Key, 80)}' is pickled");
            }

            var file = folder + entry.Value.Field("path_name").TextOrNull();
            if (!storages.TryGetValue(file, out var bytes))
            {
                storages[file] = bytes = archive.Read(file);
            }

            var type = TorchTypes.OfExport(meta.Field("dtype").Whole()) ?? throw TorchErrors.Unsupported($"'{SafeText.OneLine(entry.Key, 80)}' is of a type that is not known");
            Tensors[entry.Key] = StoredTensor.Of(type, bytes, Length(meta.Field("storage_offset")), Lengths(meta, "sizes"), Lengths(meta, "strides"), archive.Charge);
        }
    }

    // Files of torch.save in the archive, as versions before 2.8 wrote them.
    private void ReadSaved(string path)
    {
        var bytes = archive.Find(path);
        if (bytes is not { Length: > 0 })
        {
            return;
        }

        using var inner = TorchArchive.Open(new MemoryStream(bytes, writable: false));
        if (new TorchPickle(inner).Read("data.pkl", "data/") is not Pickle.PickleDict dict)
        {
            throw TorchErrors.Corrupt($"'{path}' holds no dict");
        }

        foreach (var (key, value) in dict)
        {
            if (key is string name && value is StoredTensor tensor)
            {
                Tensors[name] = tensor;
            }
        }
    }

    private static long[] Lengths(JsonElement meta, string name) => [.. meta.Field(name).Items().Select(Length)];

    private static long Length(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.Whole() : value.Field("as_int").Whole();
}
