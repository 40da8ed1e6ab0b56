namespace Flama.Pickle.Machine;

/// <summary>A Python list with what the machine notes about it; to everybody else a plain list.</summary>
internal sealed class PickleList : List<object?>
{
    /// <summary>How many containers nest in this one, itself included.</summary>
    public int Depth { get; set; } = 1;

    /// <summary>Whether another container holds this one already.</summary>
    public bool IsPlaced { get; set; }
}
