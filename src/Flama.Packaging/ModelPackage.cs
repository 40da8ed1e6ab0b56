using System.Text;
using System.Text.Json;
using Flama.Packaging.Bare;
using Flama.Packaging.Folders;
using Flama.Packaging.Mlflow;
using Flama.Packaging.Reading;
using Flama.Packaging.Sources;
using Flama.Schemas;

namespace Flama.Packaging;

/// <summary>A model file that was opened: a package (<c>.flm</c>) of any generation, or a framework's own file.</summary>
/// <remarks>
/// What a file is, its content tells, never its name. Opening checks the structure, the metadata and the names of the artifacts; nothing in
/// the file is executed and nothing is written to disk. Thread-safe while open.
/// </remarks>
public sealed partial class ModelPackage : IDisposable
{
    private static readonly ModelFormat[] TensorFormats =
    [
        ModelFormats.Onnx, ModelFormats.TorchScript, ModelFormats.TorchScript10, ModelFormats.TorchExport, ModelFormats.Keras, ModelFormats.KerasHdf5, ModelFormats.TensorFlowGraph,
    ];

    private readonly PackageFile file;
    private readonly PackageBody body;
    private readonly ArtifactExtraction extraction = new();

    private ModelPackage(PackageFile file, PackageBody body)
    {
        this.file = file;
        this.body = body;
        Artifacts = new ArtifactCollection(
            file.Name, [.. body.Artifacts.Select((entry, index) => new Artifact(entry, extraction, index))]);
    }

    /// <summary>The file's name without its directory, for messages.</summary>
    public string Name => file.Name;

    /// <summary>What the file is.</summary>
    public PackageFormat Format => body.Format;

    /// <summary>What the package says of its model; null for a bare file.</summary>
    /// <remarks>
    /// With protocols 1 and 2 the model is neither read from disk nor decompressed for this. In the generations before
    /// (<see cref="PackageGeneration.G0"/>, <see cref="PackageGeneration.G1"/>) metadata and model are one compressed document, so that
    /// both are decompressed; the model is still not decoded.
    /// </remarks>
    public ModelMetadata? Metadata => body.Metadata;

    /// <summary>The files that came with the model, in the order of the package; their contents are read on demand.</summary>
    public ArtifactCollection Artifacts { get; }

    internal string? ExtractionDirectory => extraction.Directory;

    /// <summary>Opens a file, or the directory of a model.</summary>
    /// <param name="path">The file; it stays open for reading, while others may read, rename or delete it. The files of a directory are opened as they are read.</param>
    /// <param name="limits">How much it may ask for; null for <see cref="PackageLimits.Default"/>.</param>
    /// <exception cref="FlamaException">
    /// There is no such file or no permission; it is a directory of no known model, empty, of no known model format (<see cref="ErrorCodes.NotAModel"/>),
    /// ends too early (<see cref="ErrorCodes.Truncated"/>), contradicts its format (<see cref="ErrorCodes.Corrupt"/>), is what a bug of an
    /// original writer left (<see cref="ErrorCodes.KnownWriterBug"/>), is of an unknown protocol or codec, holds an unsafe artifact name,
    /// or is over a limit.
    /// </exception>
    public static ModelPackage Open(string path, PackageLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= PackageLimits.Default;
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (!Directory.Exists(path))
        {
            return Open(OfFile(path), file => WithBeside(PackageDetector.Open(file), path, limits));
        }

        var directory = new PackageFile(name, new MemoryByteSource(default), limits) { Timestamp = new DateTimeOffset(Directory.GetLastWriteTimeUtc(path)) };
        return ModelFolder.Find(directory, path) is { } folder
            ? Open(OfFile(folder.ModelPath), file => PackageDetector.Open(file) with { Columns = folder.Columns, Classes = folder.Classes })
            : Open(directory, file => DirectoryReader.Open(file, path));

        PackageFile OfFile(string at) => new(name, ByteSources.FromFile(at, name, limits), limits) { Timestamp = new DateTimeOffset(File.GetLastWriteTimeUtc(at)) };
    }

    /// <summary>Opens a stream, from where it stands to its end.</summary>
    /// <param name="stream">
    /// Stays the caller's. One that can seek must stay open until the package is disposed, and must not be used meanwhile; one that cannot
    /// is read into memory now, up to <see cref="PackageLimits.MaxBufferedBytes"/>.
    /// </param>
    /// <param name="name">A name for messages, without a directory.</param>
    /// <param name="limits">How much it may ask for; null for <see cref="PackageLimits.Default"/>.</param>
    /// <exception cref="FlamaException">As for a file.</exception>
    public static ModelPackage Open(Stream stream, string name, PackageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrEmpty(name);
        limits ??= PackageLimits.Default;
        return Open(new PackageFile(name, ByteSources.FromStream(stream, name, limits), limits), PackageDetector.Open);
    }

    /// <summary>Opens a file's content that is in memory.</summary>
    /// <param name="content">The content; not copied, and not to be changed until the package is disposed.</param>
    /// <param name="name">A name for messages, without a directory.</param>
    /// <param name="limits">How much it may ask for; null for <see cref="PackageLimits.Default"/>.</param>
    /// <param name="timestamp">When the file was last written, where the content is that of a file; null when it is not known.</param>
    /// <exception cref="FlamaException">As for a file.</exception>
    public static ModelPackage Open(ReadOnlyMemory<byte> content, string name, PackageLimits? limits = null, DateTimeOffset? timestamp = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        limits ??= PackageLimits.Default;
        return Open(new PackageFile(name, new MemoryByteSource(content), limits) { Timestamp = timestamp }, PackageDetector.Open);
    }

    /// <summary>Reads the model's bytes: decompressed and base64-decoded. Reads them anew at every call.</summary>
    /// <returns>
    /// The framework's bytes with the framework's name and the metadata; the tar archive for <see cref="PackageModelKind.Bundle"/>; the
    /// file as it is, framework and metadata null, for a bare file; for a directory, or an archive of a SavedModel's, its main file, with the others as
    /// <see cref="ModelSource.SideFiles"/>.
    /// </returns>
    /// <exception cref="FlamaException">The model is damaged, or larger than <see cref="PackageLimits.MaxModelBytes"/>.</exception>
    /// <exception cref="ObjectDisposedException">The package was disposed.</exception>
    public ModelSource ReadModel()
    {
        extraction.ThrowIfDisposed();
        var payload = body.ReadPayload();
        if (payload.Length == 0)
        {
            throw file.Corrupt("the model in it has no bytes");
        }

        var recipe = PackageRecipe.Read(Metadata);
        var model = new ModelSource(Name, Format.Content ?? PayloadFormat.Find(file, payload, Metadata?.Framework), payload)
        {
            Framework = Metadata?.Framework,
            Metadata = Metadata,
            FileLength = file.Source.Length == 0 ? null : file.Source.Length,
            Timestamp = file.Timestamp,
            FindBeside = body.FindBeside ?? (Metadata is null ? null : FindArtifact),
            SideFiles = recipe is null ? body.SideFiles : [.. recipe.SideFiles.Select(file => new SideFile(file.Value, ModelPayload.FromMemory(ReadArtifact(file.Key))))],
            Before = recipe is null ? [] : [.. recipe.Before.Select(ReadStep)],
            ModelKey = recipe?.ModelKey,
            InputShapes = recipe?.InputShapes ?? [],
            ColumnNames = recipe?.Columns ?? body.Columns,
            ClassNames = recipe?.Classes ?? body.Classes,
            PredictMethod = recipe?.PredictMethod,
            Schema = ReadSchema(),
        };
        return model.Format == ModelFormats.Mlflow ? MlflowModel.Open(file, model)
            : model.Format == ModelFormats.SavedModel ? ModelArchive.Open(file, model)
            : model;
    }

    // What is not needed is not read.
    private SideFile? FindArtifact(string name) => Artifacts.Any(artifact => artifact.Name == name) ? new SideFile(name, ModelPayload.FromMemory(ReadArtifact(name))) : null;

    // The weights of an ONNX model may be beside it, and what prepares the inputs of a model of tensors.
    private static bool AreTensors(ModelFormat? format) => format is not null && TensorFormats.Contains(format);

    private static PackageBody WithBeside(PackageBody body, string path, PackageLimits limits) => AreTensors(body.Format.Content) && Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory
        ? body with { FindBeside = wanted => BesideFiles.Find(directory, wanted, limits) }
        : body;

    // What the metadata has wins over a file beside the model.
    private ReadOnlyMemory<byte>? ReadSchema()
    {
        if (Metadata?.Extra is { ValueKind: JsonValueKind.Object } extra && extra.TryGetProperty("schema", out var schema) && schema.ValueKind == JsonValueKind.Object)
        {
            return Encoding.UTF8.GetBytes(schema.GetRawText());
        }

        return Artifacts.Any(artifact => artifact.Name == ModelSchema.ArtifactName) ? ReadArtifact(ModelSchema.ArtifactName) : default(ReadOnlyMemory<byte>?);
    }

    private ModelSource ReadStep(string name)
    {
        using var step = Open(ReadArtifact(name), name, file.Limits);
        var model = step.ReadModel();
        return step.Metadata is null ? model with { Payload = ModelPayload.FromMemory(model.Payload.ReadAll()) } : throw file.Corrupt($"its step '{SafeText.OneLine(name, 100)}' is a package");
    }

    private ReadOnlyMemory<byte> ReadArtifact(string name)
    {
        using var content = new MemoryStream();
        using var artifact = (Artifacts.FirstOrDefault(candidate => candidate.Name == name) ?? throw file.Corrupt($"its part '{SafeText.OneLine(name, 100)}' is not there")).OpenRead();
        artifact.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Closes the file and removes what <see cref="Artifact.Path"/> extracted.</summary>
    public void Dispose()
    {
        extraction.Dispose();
        file.Dispose();
    }

    private static ModelPackage Open(PackageFile file, Func<PackageFile, PackageBody> read)
    {
        try
        {
            return new ModelPackage(file, read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
