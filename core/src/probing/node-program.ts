import { shortSilence } from "./company.ts";

/** The same program as python's for images with Node.js: one process, all connections at once. */
export const nodeProgram = String.raw`
const fs=require("fs"),net=require("net"),dg=require("dgram"),cp=require("child_process");
const a=process.argv.slice(1),moving=[],jobs=[],some=[];let rules=false,hold=0,silence=${shortSilence},m="",heard=Date.now();
const out=(k,n,t)=>fs.writeSync(1,m+" "+k+" "+n+"\n"+t+"\n");
const show=(k,p)=>{try{out(k,p,fs.readFileSync(p,"utf8"))}catch(e){out("E",p,e.code==="ENOENT"?"No such file":e.code)}};
const run=(k,n,c,...v)=>{try{out(k,n,cp.execFileSync(c,v,{encoding:"utf8",maxBuffer:1<<26,stdio:["ignore","pipe","pipe"]}))}
  catch(e){out("E",n,e.code==="ENOENT"?"not found":String(e.stderr))}};
const ip6=(k)=>run(k,"ip6tables-save","ip6tables-save","-c");
const lines=([p,t])=>{try{out("G",p+" "+t,fs.readFileSync(p,"utf8").split("\n").filter((l)=>l.includes(t)).join("\n"))}
  catch(e){out("E",p,e.code==="ENOENT"?"No such file":e.code)}};
const glob=(p)=>{const i=p.indexOf("*");if(i<0)return[p];const d=p.slice(0,i),r=p.slice(i+1);
  try{return fs.readdirSync(d).sort().map((n)=>d+n+r)}catch(e){return[p]}};
const attempt=(i,q,y,f)=>jobs.push(new Promise((done)=>{const t=Date.now();let past=false;
  const end=(k,o)=>{if(past)return;past=true;clearTimeout(w);out("S",i,o);out("R",i+" "+k+" "+(Date.now()-t)+" - node","");done()};
  const w=setTimeout(()=>end("fail",""),(Number(q)+Number(y))*10);f(end)}));
const tcp=(h,p,end,then)=>{const c=net.connect({host:h,port:Number(p)},()=>then(c));
  c.on("error",(e)=>end("fail",e.code==="ETIMEDOUT"?"":e.code));return c};
const dial=(i,h,p,w,q,y)=>attempt(i,q,y,(end)=>tcp(h,p,end,(c)=>{end("ok","");c.destroy()}));
let went=false,waits=false,end;const ended=new Promise((r)=>end=r);
const control=()=>{if(jobs.length===0)dial("c","127.0.0.1",9,1,100,0)};
const main=()=>{while(a.length){const k=a.shift();
  if(k==="F")for(const f of glob(a.shift()))show("F",f);
  else if(k==="M"){moving.push(a[0]);show("B",a.shift())}
  else if(k==="I"){rules=true;ip6("B")}
  else if(k==="N")run("N","nft","nft","-j","list","ruleset");
  else if(k==="G")some.push(a.splice(0,2));
  else if(k==="X"||k==="Y")out("E","program "+a.splice(0,6)[0],"it takes a shell");
  else if(k==="U"||k==="E")out("E","size "+a.splice(0,k==="U"?6:3)[0],"it takes a shell");
  else if(k==="P")silence=Number(a.shift())*10;
  else if(k==="A"){if(!went){waits=true;return}}
  else if(k==="W"){hold=Number(a.shift())*10;out("W","holding","")}
  else if(k==="D"){control();dial(...a.splice(0,6))}
  else if(k==="L"){control();const[i,h,p,,q,y,x]=a.splice(0,9);attempt(i,q,y,(end)=>{const c=dg.createSocket(h.includes(":")?"udp6":"udp4");
    c.unref();c.on("error",(e)=>end("fail",e.code));c.on("message",(d)=>{end("ok",d.toString("hex"));c.close()});
    c.connect(Number(p),h,()=>c.send(Buffer.from(x,"hex")))})}
  else if(k==="H"){control();const[i,h,p,,q,y,n]=a.splice(0,8);attempt(i,q,y,(end)=>tcp(h,p,end,(c)=>{
    c.on("data",(d)=>{const l=d.toString("latin1").split("\r\n")[0];end(l.startsWith("HTTP/")?"ok":"fail",l);c.destroy()});
    c.on("close",()=>end("fail",""));
    if(n.endsWith("p")){c.setNoDelay();c.write("GET / HTTP/1.0\r\nHost: kube-ipv6\r\n");let left=parseInt(n);const next=()=>{
      if(left<=0)return c.write("\r\n");left-=900;c.write("X-Pad: "+"x".padStart(900)+"\r\n");setTimeout(next,50)};next();return}
    c.write("GET / HTTP/1.0\r\nHost: kube-ipv6\r\nX-Pad: "+"x".padStart(Number(n))+"\r\n\r\n")}))}}
if(hold)setTimeout(end,hold);else end();
Promise.all([...jobs,ended]).then(()=>{for(const f of moving)show("A",f);some.forEach(lines);if(rules)ip6("A");out("Z","end","");process.exit(0)})};
let rest="";process.stdin.on("data",(d)=>{heard=Date.now();const l=(rest+d).split("\n");rest=l.pop();
  if(!m&&l.length){m=l.shift();main();heard=Date.now()}
  if(l.includes("go")){went=true;if(waits){waits=false;main()}}if(l.includes("end"))end()});
process.stdin.on("end",()=>process.exit(75));
setInterval(()=>{if(Date.now()-heard>silence)process.exit(75)},100);
`;
