using System.Text.Json;
using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Core;

/// <summary>Layers one after another.</summary>
internal sealed class Pipeline : Layer
{
    private readonly List<Layer> layers = [];

    public Pipeline(LayerConfig config)
        : base(config)
    {
        if (config.Find("layers") is not { ValueKind: JsonValueKind.Array } list)
        {
            throw config.Missing("layers");
        }

        LayerPaths paths = new();
        foreach (var spec in list.EnumerateArray())
        {
            var layer = LayerFactory.Create(spec, config.File, config.Depth + 1);
            layers.Add(Part(paths.Next(layer), layer));
        }
    }

    public override object Call(Lowering g, LayerCall call) => layers.Aggregate((object)call.Input(this), (x, layer) => layer.Call(g, LayerCall.Of((Value)x)));
}
