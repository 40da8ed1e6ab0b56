using System.Text.Json;
using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>Cells one upon another at each step.</summary>
internal sealed class StackedCells : Cell
{
    private readonly List<Cell> cells = [];

    public StackedCells(LayerConfig config, int depth)
        : base(config)
    {
        if (config.Find("cells") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() is 0 or > 1000)
        {
            throw config.Missing("cells");
        }

        LayerPaths paths = new();
        foreach (var spec in list.EnumerateArray())
        {
            var cell = CellFactory.Create(config, spec, depth + 1);
            cells.Add(Part(paths.Next(cell, "cells"), cell));
        }
    }

    public override IReadOnlyList<long[]> StatesOf(Value projected) => [.. cells.SelectMany(cell => cell.StatesOf(projected))];

    /// <summary>The shape of the output, which is the first state of the last cell.</summary>
    public long[] OutputOf(IReadOnlyList<Value> states)
    {
        var from = 0;
        for (var i = 0; i < cells.Count - 1; i++)
        {
            from += cells[i].StatesOf(states[0]).Count;
        }

        return states[from].Shape;
    }

    public override Value Project(Lowering g, Value x) => x;

    public override void Prepare(Lowering g) => cells.ForEach(cell => cell.Prepare(g));

    public override (Value Output, IReadOnlyList<Value> States) Step(Lowering g, Value x, IReadOnlyList<Value> states)
    {
        List<Value> after = [];
        var from = 0;
        foreach (var cell in cells)
        {
            var projected = cell.Project(g, x);
            var count = cell.StatesOf(projected).Count;
            (x, var next) = cell.Step(g, projected, [.. states.Skip(from).Take(count)]);
            after.AddRange(next);
            from += count;
        }

        return (x, after);
    }
}
