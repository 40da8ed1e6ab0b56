using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Flama.Packaging;

namespace Flama.Hosting;

/// <summary>Makes the content of a package from a model file: what is set here, else what the file tells.</summary>
/// <remarks>
/// <code>
/// using var source = ModelPackage.Open("churn.pkl");
/// ModelPackage.Save("churn.flm", new PackageBuilder(source, engines) { Metrics = metrics }.AddArtifact(notes).Build());
/// </code>
/// The same file, settings and timestamp give the same package. Not thread-safe.
/// </remarks>
public sealed class PackageBuilder
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss";

    private readonly ModelPackage source;
    private readonly ModelEngines engines;
    private readonly List<ArtifactContent> artifacts = [];
    private readonly List<string> before = [];

    /// <summary>Begins with what a file has.</summary>
    /// <param name="source">A framework's own file, or a package to rewrite; stays open until the new package is saved, and stays the caller's.</param>
    /// <param name="engines">Read the metadata of a framework's own file.</param>
    public PackageBuilder(ModelPackage source, ModelEngines engines)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(engines);
        this.source = source;
        this.engines = engines;
    }

    /// <summary>The framework, for example <c>sklearn</c>; null for the file's.</summary>
    public string? Framework { get; init; }

    /// <summary>The framework's version; null for the file's.</summary>
    public string? FrameworkVersion { get; init; }

    /// <summary>The model's class name, for example <c>Pipeline</c>; null for the file's.</summary>
    public string? ModelClass { get; init; }

    /// <summary>The model's id; null for the package's, and for a framework's own file one made from the model's bytes and the timestamp.</summary>
    public string? Id { get; init; }

    /// <summary>When the model was packaged, ISO 8601; null for the package's, and for a framework's own file the time now, local, without offset.</summary>
    public string? Timestamp { get; init; }

    /// <summary>Parameters of the training, an object; null for the file's.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>Measures of the model, an object; null for the file's.</summary>
    public JsonElement? Metrics { get; init; }

    /// <summary>Anything else to store, an object; null for the file's.</summary>
    public JsonElement? Extra { get; init; }

    /// <summary>Which model of a file that holds several; null for its only one. The package remembers it.</summary>
    public string? ModelKey { get; init; }

    /// <summary>What the tensors look like that the model takes, where its file does not tell; see <see cref="LoadOptions.InputShapes"/>. The package remembers them; they are tried when it is built.</summary>
    public IReadOnlyList<InputShape> InputShapes { get; init; } = [];

    /// <summary>Tells the time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Puts a file beside the model; it replaces one of the source with the same name.</summary>
    /// <returns>The same builder.</returns>
    /// <exception cref="FlamaException">A file of that name was added before (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public PackageBuilder AddArtifact(ArtifactContent artifact)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        if (artifacts.Exists(other => other.Name == artifact.Name))
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"Two artifacts are named '{artifact.Name}'.", "Give each a name of its own: NAME=PATH.");
        }

        artifacts.Add(artifact);
        return this;
    }

    /// <summary>
    /// Puts a model in front of the package's: rows go through it first. For a scaler or an encoder that was saved apart; several come in the order in which they are added.
    /// </summary>
    /// <param name="path">Its file: a framework's own, not a package.</param>
    /// <returns>The same builder.</returns>
    public PackageBuilder AddBefore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var name = string.Create(CultureInfo.InvariantCulture, $"before-{before.Count + 1}{Path.GetExtension(path)}");
        before.Add(name);
        return AddArtifact(ArtifactContent.FromFile(name, path));
    }

    /// <summary>Puts the content together.</summary>
    /// <exception cref="FlamaException">No engine loads the file, or something that it does not tell is not set either (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public PackageContent Build()
    {
        var model = source.ReadModel();
        var payload = model.Payload.ReadAll();
        var packaged = source.Metadata;
        var kept = PackageRecipe.Read(packaged);
        List<SideFile> beside = [];
        var known = packaged ?? Describe(model with { FindBeside = model.FindBeside is { } find ? path => Note(find(path), beside) : null });
        var sides = model.SideFiles.Concat(beside).Index().ToDictionary(side => string.Create(CultureInfo.InvariantCulture, $"side-{side.Index + 1}{Path.GetExtension(side.Item.Path)}"), side => side.Item, StringComparer.Ordinal);
        var recipe = new PackageRecipe([.. kept?.Before ?? [], .. before], ModelKey ?? kept?.ModelKey)
        {
            Columns = model.ColumnNames,
            Classes = model.ClassNames,
            PredictMethod = model.PredictMethod,
            InputShapes = InputShapes.Count > 0 ? InputShapes : kept?.InputShapes ?? [],
            SideFiles = sides.ToDictionary(side => side.Key, side => side.Value.Path, StringComparer.Ordinal),
        };
        if (packaged is not null && InputShapes.Count > 0)
        {
            Describe(model);
        }

        var timestamp = Timestamp ?? packaged?.Timestamp ?? TimeProvider.GetLocalNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        return new PackageContent
        {
            Payload = payload,
            Framework = Known(nameof(Framework), "framework", Framework, known.Framework),
            FrameworkVersion = Known(nameof(FrameworkVersion), "framework's version", FrameworkVersion, known.FrameworkVersion),
            ModelClass = Known(nameof(ModelClass), "model's class", ModelClass, known.ModelClass),
            Id = Id ?? packaged?.Id ?? IdOf(payload.Span, timestamp),
            Timestamp = timestamp,
            Info = known.Info,
            Params = Params ?? known.Params,
            Metrics = Metrics ?? known.Metrics,
            Extra = recipe.IsEmpty ? Extra ?? known.Extra : recipe.AddTo(Extra ?? known.Extra),
            Artifacts =
            [
                .. source.Artifacts.Where(artifact => !artifacts.Exists(own => own.Name == artifact.Name) && kept?.SideFiles.ContainsKey(artifact.Name) != true)
                    .Select(ArtifactContent.FromArtifact),
                .. sides.Select(side => ArtifactContent.FromStream(side.Key, side.Value.Content.OpenRead)),
                .. artifacts,
            ],
        };
    }

    // Which files of its directory a bare file needs shows when it is loaded.
    private static SideFile? Note(SideFile? file, List<SideFile> beside)
    {
        if (file is not null)
        {
            beside.Add(file);
        }

        return file;
    }

    private ModelMetadata Describe(ModelSource payload)
    {
        using var model = engines.Load(payload, new LoadOptions { ModelKey = ModelKey, InputShapes = InputShapes });
        return model.Metadata;
    }

    private static string Known(string property, string what, string? given, string? known) =>
        given is { Length: > 0 } ? given
        : known is { Length: > 0 } ? known
        : throw new FlamaException(
            ErrorCodes.InvalidOption, $"The model file does not tell the {what}.", $"Set it: {Option(property)} on the command line, {property} in a program.");

    private static string Option(string property) => property switch
    {
        nameof(Framework) => "--framework",
        nameof(FrameworkVersion) => "--framework-version",
        _ => "--model-class",
    };

    // The same model packaged at the same time is the same model: the id is made from both, in the form of a UUID of version 8.
    private static string IdOf(ReadOnlySpan<byte> payload, string timestamp)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(payload);
        hash.AppendData(Encoding.UTF8.GetBytes(timestamp));
        var bytes = hash.GetHashAndReset().AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }
}
