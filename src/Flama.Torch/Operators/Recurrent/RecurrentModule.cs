namespace Flama.Torch.Operators.Recurrent;

/// <summary>Recurrent layers and cells.</summary>
internal static class RecurrentModule
{
    private const string Rest = "Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional";

    public static void AddTo(OperatorTable table)
    {
        table.Add($"lstm(Tensor input, Tensor[] hx, {Rest}, bool batch_first)", static call => Layers.Run(call, Cell.Lstm));
        table.Add($"lstm(Tensor data, Tensor batch_sizes, Tensor[] hx, {Rest})", static call => Layers.RunPacked(call, Cell.Lstm));
        foreach (var (name, cell) in ((string, Cell)[])[("gru", Cell.Gru), ("rnn_tanh", Cell.Tanh), ("rnn_relu", Cell.Relu)])
        {
            table.Add($"{name}(Tensor input, Tensor hx, {Rest}, bool batch_first)", call => Layers.Run(call, cell));
            table.Add($"{name}(Tensor data, Tensor batch_sizes, Tensor hx, {Rest})", call => Layers.RunPacked(call, cell));
        }

        table.Add("lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None)", static call =>
        {
            var state = call.Tensors("hx", 2);
            var (h, c) = Cells.Lstm(call, call.Tensor("input"), state[0], state[1], CellWeights.Of(call));
            return OperatorCall.Tuple(h, c);
        });
        table.Add("gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None)", static call => Cells.Gru(call, call.Tensor("input"), call.Tensor("hx"), CellWeights.Of(call)));
        table.Add("rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None)", static call => Cells.Plain(call, call.Tensor("input"), call.Tensor("hx"), CellWeights.Of(call), "tanh"));
        table.Add("rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None)", static call => Cells.Plain(call, call.Tensor("input"), call.Tensor("hx"), CellWeights.Of(call), "relu"));
        table.Add("_pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first)", Packing.Pack);
        table.Add("_pad_packed_sequence(Tensor data, Tensor batch_sizes, bool batch_first, Scalar padding_value, int total_length)", Packing.Pad);
    }
}
