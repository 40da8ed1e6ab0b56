namespace Flama.Torch.Operators.Arithmetic;

/// <summary>Arithmetic and functions of single elements.</summary>
internal static class ArithmeticModule
{
    public static void AddTo(OperatorTable table)
    {
        foreach (var other in (string[])["Tensor", "Scalar"])
        {
            table.Add($"add(Tensor self, {other} other, *, Scalar alpha=1)", Binary.Add);
            table.Add($"sub(Tensor self, {other} other, *, Scalar alpha=1)", Binary.Subtract);
            table.Add($"subtract(Tensor self, {other} other, *, Scalar alpha=1)", Binary.Subtract);
            table.Add($"rsub(Tensor self, {other} other, Scalar alpha=1)", Binary.SubtractFrom);
            table.Add($"mul(Tensor self, {other} other)", Binary.Multiply);
            table.Add($"multiply(Tensor self, {other} other)", Binary.Multiply);
            table.Add($"div(Tensor self, {other} other, *, str? rounding_mode=None)", Division.Divide);
            table.Add($"divide(Tensor self, {other} other, *, str? rounding_mode=None)", Division.Divide);
            table.Add($"true_divide(Tensor self, {other} other)", Division.TrueDivide);
            table.Add($"floor_divide(Tensor self, {other} other)", Division.FloorDivide);
            table.Add($"floordiv(Tensor self, {other} other)", Division.FloorDivide);
            table.Add($"remainder(Tensor self, {other} other)", Division.Remainder);
            table.Add($"fmod(Tensor self, {other} other)", Division.Fmod);
            table.Add($"pow(Tensor self, {other} exponent)", Powers.Pow);
            table.Add($"float_power(Tensor self, {other} exponent)", Powers.FloatPower);
            table.Add($"xlogy(Tensor self, {other} other)", Binary.XLogY);
            table.Add($"special_xlogy(Tensor self, {other} other)", Binary.XLogY);
            table.Add($"copysign(Tensor self, {other} other)", Binary.CopySign);
            table.Add($"lerp(Tensor self, Tensor end, {other} weight)", Binary.Lerp);
        }

        table.Add("add(Scalar self, Tensor other, *, Scalar alpha=1)", Binary.Add);
        table.Add("sub(Scalar self, Tensor other, *, Scalar alpha=1)", Binary.Subtract);
        table.Add("mul(Scalar self, Tensor other)", Binary.Multiply);
        table.Add("div(Scalar self, Tensor other, *, str? rounding_mode=None)", Division.Divide);
        table.Add("pow(Scalar self, Tensor exponent)", Powers.Pow);
        table.Add("remainder(Scalar self, Tensor other)", Division.Remainder);
        table.Add("atan2(Tensor self, Tensor other)", Binary.Atan2);
        table.Add("hypot(Tensor self, Tensor other)", Binary.Hypot);
        table.Add("logaddexp(Tensor self, Tensor other)", Binary.LogAddExp);
        table.Add("heaviside(Tensor self, Tensor values)", Binary.Heaviside);
        table.Refuse("gcd(Tensor self, Tensor other)", "it cannot be written in ONNX");
        table.Add("addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1)", Binary.AddProduct);
        table.Add("addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1)", Binary.AddQuotient);
        table.Add("square(Tensor self)", static call => call.Call("mul", call.Tensor("self"), call.Tensor("self")));
        foreach (var (name, onnx) in ((string, string)[])[("exp", "Exp"), ("log", "Log"), ("sqrt", "Sqrt"), ("sin", "Sin"), ("cos", "Cos"), ("tan", "Tan"), ("asin", "Asin"), ("acos", "Acos"),
            ("atan", "Atan"), ("sinh", "Sinh"), ("cosh", "Cosh"), ("asinh", "Asinh"), ("acosh", "Acosh"), ("atanh", "Atanh"), ("tanh", "Tanh"), ("erf", "Erf"), ("reciprocal", "Reciprocal"),
            ("special_erf", "Erf")])
        {
            table.Add($"{name}(Tensor self)", call => call.Float(onnx, call.Tensor("self")));
        }

        table.Add("neg(Tensor self)", Unary.Negate);
        table.Add("negative(Tensor self)", Unary.Negate);
        table.Add("abs(Tensor self)", Unary.Abs);
        table.Add("sign(Tensor self)", Unary.Sign);
        table.Add("sgn(Tensor self)", Unary.Sign);
        table.Add("floor(Tensor self)", Unary.Floor);
        table.Add("ceil(Tensor self)", Unary.Ceil);
        table.Add("round(Tensor self, *, int decimals=0)", Unary.Round);
        table.Add("trunc(Tensor self)", Unary.Trunc);
        table.Add("fix(Tensor self)", Unary.Trunc);
        table.Add("frac(Tensor self)", static call => call.Call("sub", call.Tensor("self"), Unary.Trunc(call)));
        table.Add("rsqrt(Tensor self)", static call => call.Float("Reciprocal", call.Float("Sqrt", call.Tensor("self"))));
        table.Add("log2(Tensor self)", static call => call.Call("mul", call.Float("Log", call.Tensor("self")), 1 / Math.Log(2)));
        table.Add("log10(Tensor self)", static call => call.Call("mul", call.Float("Log", call.Tensor("self")), 1 / Math.Log(10)));
        table.Add("exp2(Tensor self)", static call => call.Call("pow", 2.0, call.Tensor("self")));
        table.Add("expm1(Tensor self)", Unary.ExpM1);
        table.Add("log1p(Tensor self)", Unary.Log1P);
        table.Add("erfc(Tensor self)", static call => call.Call("rsub", call.Float("Erf", call.Tensor("self")), 1.0));
        table.Add("deg2rad(Tensor self)", static call => call.Call("mul", call.Tensor("self"), Math.PI / 180));
        table.Add("rad2deg(Tensor self)", static call => call.Call("mul", call.Tensor("self"), 180 / Math.PI));
        table.Add("sinc(Tensor self)", Unary.Sinc);
        table.Add("logit(Tensor self, float? eps=None)", Unary.Logit);
        table.Add("special_entr(Tensor self)", Unary.Entropy);
        table.Add("erfinv(Tensor self)", Series.ErfInv);
        table.Add("lgamma(Tensor self)", Series.LGamma);
        table.Add("digamma(Tensor self)", Series.Digamma);
        table.Add("i0(Tensor self)", Series.I0);
        table.Add("special_i0(Tensor self)", Series.I0);
        table.Add("nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None)", Clamping.NanToNumber);
        table.Add("clamp(Tensor self, Scalar? min=None, Scalar? max=None)", Clamping.Clamp);
        table.Add("clamp(Tensor self, Tensor? min=None, Tensor? max=None)", Clamping.Clamp);
        table.Add("clip(Tensor self, Scalar? min=None, Scalar? max=None)", Clamping.Clamp);
        table.Add("clip(Tensor self, Tensor? min=None, Tensor? max=None)", Clamping.Clamp);
        table.Add("clamp_min(Tensor self, any min)", static call => Clamping.Larger(call, call.Tensor("self"), call.Tensor("min")));
        table.Add("clamp_max(Tensor self, any max)", static call => Clamping.Smaller(call, call.Tensor("self"), call.Tensor("max")));
        table.Add("maximum(Tensor self, Tensor other)", static call => Clamping.Larger(call, call.Tensor("self"), call.Tensor("other")));
        table.Add("minimum(Tensor self, Tensor other)", static call => Clamping.Smaller(call, call.Tensor("self"), call.Tensor("other")));
        table.Add("fmax(Tensor self, Tensor other)", Clamping.FMax);
        table.Add("fmin(Tensor self, Tensor other)", Clamping.FMin);
        foreach (var (name, onnx) in ((string, string)[])[("bitwise_and", "And"), ("__and__", "And"), ("bitwise_or", "Or"), ("__or__", "Or"), ("bitwise_xor", "Xor"), ("__xor__", "Xor")])
        {
            table.Add($"{name}(Tensor self, any other)", call => Bits.Combine(call, onnx));
        }

        table.Add("bitwise_not(Tensor self)", Bits.Not);
        table.Add("__lshift__(Tensor self, any other)", static call => Bits.Shift(call, true));
        table.Add("__rshift__(Tensor self, any other)", static call => Bits.Shift(call, false));
        table.Add("bitwise_left_shift(Tensor self, any other)", static call => Bits.Shift(call, true));
        table.Add("bitwise_right_shift(Tensor self, any other)", static call => Bits.Shift(call, false));
    }
}
