One neuron and one output
* Supply 0.5 V, inverter ekv-phax90
* Layer 1: 4 word lines, 1 neurons
* Layer 2: 4 word lines, 1 neurons
.param digits_1=4.871342025000001e-6
.param digits_2=1.8042007500000006e-6
.temp 27
.option absi=1e-21 gmindc=1e-21 itl1=2000 relv=1e-12 absv=1e-11
.option ingold=2 numdgt=10 measdgt=10 post=2
.subckt inv in out vp vn
gbn out vn cur='digits_1*((log(1+exp(((v(in,vn)-0.25+0.122*v(out,vn))/1.35)/0.0517)))**2-(log(1+exp(((v(in,vn)-0.25+0.122*v(out,vn))/1.35-v(out,vn))/0.0517)))**2)'
gbp vp out cur='digits_2*((log(1+exp(((v(vp,in)-0.25+0.122*v(vp,out))/1.35)/0.0517)))**2-(log(1+exp(((v(vp,in)-0.25+0.122*v(vp,out))/1.35-v(vp,out))/0.0517)))**2)'
.ends
vvp vp 0 0.25
vvn vn 0 -0.25
vin1_p in1_p 0 pwl(0 0.1 1e-11 -0.1)
vin1_n in1_n 0 -0.1
rwl1_1_1 in1_p l1_w1_1 2.5
rwl1_2_1 in1_n l1_w2_1 2.5
rwl1_3_1 vp l1_w3_1 2.5
rwl1_4_1 vn l1_w4_1 2.5
rl1_1_1 l1_w1_1 l1_b1_1 1000000
rl1_2_1 l1_w2_1 l1_b2_1 5000000
rl1_3_1 l1_w3_1 l1_b3_1 2000000
rl1_4_1 l1_w4_1 l1_b4_1 3333333.3333333335
rbl1_1_1 l1_b1_1 l1_b2_1 2.5
rbl1_2_1 l1_b2_1 l1_b3_1 2.5
rbl1_3_1 l1_b3_1 l1_b4_1 2.5
rbl1_4_1 l1_b4_1 l1_g1 2.5
xl1_n1 l1_g1 l1_n1 vp vn inv
xl1_p1 l1_n1 l1_p1 vp vn inv
rwl2_1_1 l1_n1 l2_w1_1 2.5
rwl2_2_1 l1_p1 l2_w2_1 2.5
rwl2_3_1 vp l2_w3_1 2.5
rwl2_4_1 vn l2_w4_1 2.5
rl2_1_1 l2_w1_1 l2_b1_1 2500000
rl2_2_1 l2_w2_1 l2_b2_1 1111111.1111111112
rl2_3_1 l2_w3_1 l2_b3_1 5000000
rl2_4_1 l2_w4_1 l2_b4_1 1666666.6666666667
rbl2_1_1 l2_b1_1 l2_b2_1 2.5
rbl2_2_1 l2_b2_1 l2_b3_1 2.5
rbl2_3_1 l2_b3_1 l2_b4_1 2.5
rbl2_4_1 l2_b4_1 l2_g1 2.5
xl2_n1 l2_g1 l2_n1 vp vn inv
xl2_p1 l2_n1 l2_p1 vp vn inv
cin1_p in1_p 0 1e-16
cl1_w1_1 l1_w1_1 0 1e-16
cin1_n in1_n 0 1e-16
cl1_w2_1 l1_w2_1 0 1e-16
cl1_w3_1 l1_w3_1 0 1e-16
cl1_w4_1 l1_w4_1 0 1e-16
cl1_b1_1 l1_b1_1 0 1e-16
cl1_b2_1 l1_b2_1 0 2e-16
cl1_b3_1 l1_b3_1 0 2e-16
cl1_b4_1 l1_b4_1 0 2e-16
cl1_g1 l1_g1 0 3.1e-15
cl1_n1 l1_n1 0 3.1e-15
cl2_w1_1 l2_w1_1 0 1e-16
cl1_p1 l1_p1 0 1e-16
cl2_w2_1 l2_w2_1 0 1e-16
cl2_w3_1 l2_w3_1 0 1e-16
cl2_w4_1 l2_w4_1 0 1e-16
cl2_b1_1 l2_b1_1 0 1e-16
cl2_b2_1 l2_b2_1 0 2e-16
cl2_b3_1 l2_b3_1 0 2e-16
cl2_b4_1 l2_b4_1 0 2e-16
cl2_g1 l2_g1 0 3.1e-15
cl2_n1 l2_n1 0 3e-15
.tran 1e-10 1e-8 start=0
.measure tran final_l2_n1 find v(l2_n1) at=1e-8
.measure tran settled_l2_n1 when v(l2_n1)=0.2 td=0 cross=1
.print tran v(l2_n1) i(vvp)
.end
