using Flama.Keras.Graphs;
using Flama.Keras.Hdf5;
using Flama.Keras.Layers.Activations;

namespace Flama.Keras.Layers;

/// <summary>A layer of a model: what it was made with, its variables, and how it is written in ONNX's operators.</summary>
/// <remarks>The constructor reads the configuration and declares variables in the order of Keras; nothing is read from the file of weights before <see cref="Call"/>.</remarks>
/// <param name="config">What the file tells of it.</param>
internal abstract class Layer(LayerConfig config)
{
    private readonly List<Weight> weights = [];
    private readonly List<(string Path, Layer Layer)> parts = [];

    /// <summary>What the file tells of it.</summary>
    public LayerConfig Config { get; } = Checked(config);

    /// <summary>Its name in the model.</summary>
    public string Name => Config.Name;

    /// <summary>The layers that it is made of.</summary>
    public IReadOnlyList<(string Path, Layer Layer)> Parts => parts;

    /// <summary>Whether the mask of its input is that of its output.</summary>
    public virtual bool PassesMask => true;

    /// <summary>Whether it does something else in training, so that a call with <c>training=True</c> cannot be served.</summary>
    public virtual bool DependsOnTraining => true;

    /// <summary>Writes it.</summary>
    /// <param name="g">The graph.</param>
    /// <param name="call">What it is called with.</param>
    /// <returns>A value, a list of values or a dictionary of them.</returns>
    public abstract object Call(Lowering g, LayerCall call);

    /// <summary>Declares the next variable, <c>vars/n</c>.</summary>
    protected Weight Declare(bool isTrainable = true) => Declare($"vars/{weights.Count}", isTrainable);

    /// <summary>Declares a variable that is somewhere else below the layer's group.</summary>
    protected Weight Declare(string path, bool isTrainable = true) => Declare([path], isTrainable);

    /// <summary>Declares a variable that versions of Keras have in different places.</summary>
    protected Weight Declare(IReadOnlyList<string> paths, bool isTrainable = true)
    {
        Weight weight = new(paths, isTrainable);
        weights.Add(weight);
        return weight;
    }

    /// <summary>Adds a layer that this one is made of.</summary>
    protected T Part<T>(string path, T layer)
        where T : Layer
    {
        parts.Add((path, layer));
        return layer;
    }

    /// <summary>Reads the activation that stands in a member; the variables of a layer in its place are this one's.</summary>
    protected Activation Activate(string member = "activation", string otherwise = "linear")
    {
        var activation = Activation.Of(Config, member, otherwise);
        if (activation.Layer is { } layer)
        {
            Part(member, layer);
        }

        return activation;
    }

    /// <summary>A variable as a constant of the graph, in the type that the layer computes in.</summary>
    protected Value Constant(Lowering g, Weight weight)
    {
        var value = g.Constant(weight);
        return value.IsFloat ? g.Cast(value, Config.ComputeType) : throw KerasErrors.Unsupported(Name, "has quantized weights");
    }

    /// <summary>The input in the type that the layer computes in.</summary>
    protected Value Computed(Lowering g, Value x) => g.Cast(x, x.IsFloat || Config.CastsIntegers ? Config.ComputeType : x.Type) with { Declared = Config.DeclaredType };

    /// <summary>Tells where the variables are in a file of Keras 3.</summary>
    public void Bind(HdfFile file, string group)
    {
        foreach (var weight in weights)
        {
            weight.Bind(() => (weight.Paths.Select(path => file.Find($"{group}/{path}")).FirstOrDefault(found => found is not null)
                ?? throw KerasErrors.Invalid($"layer '{Name}' has no weight {group}/{weight.Paths[0]}")).ToArray());
        }

        foreach (var (path, layer) in parts)
        {
            layer.Bind(file, path.Length == 0 ? group : $"{group}/{path}");
        }
    }

    /// <summary>The variables in the order of files of Keras 2: what is trained, then the rest.</summary>
    public IEnumerable<Weight> InOrder() => [.. Trained(true), .. Rest(true)];

    // Quantized weights are refused when the layer is made, whatever it does with its type.
    private static LayerConfig Checked(LayerConfig config)
    {
        _ = config.TypeName;
        return config;
    }

    private IEnumerable<Weight> Trained(bool isTrained)
    {
        isTrained &= Config.Flag("trainable", true);
        return isTrained ? [.. weights.Where(weight => weight.IsTrainable), .. parts.SelectMany(part => part.Layer.Trained(true))] : [];
    }

    private IEnumerable<Weight> Rest(bool isTrained)
    {
        isTrained &= Config.Flag("trainable", true);
        return [.. weights.Where(weight => !isTrained || !weight.IsTrainable), .. parts.SelectMany(part => part.Layer.Rest(isTrained))];
    }
}
