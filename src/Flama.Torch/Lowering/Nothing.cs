
namespace Flama.Torch.Lowering;

/// <summary>A value that is never read; or one that branches have differently and that nothing can hold.</summary>
internal sealed class Nothing
{
    public static Nothing Value { get; } = new();
}
